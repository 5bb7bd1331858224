using static TorchSharp.torch;

namespace CxrLab.Models;

/// <summary>What a weights file holds, in whichever format.</summary>
/// <param name="Path">The file.</param>
/// <param name="Format"><c>safetensors</c> or <c>PyTorch</c>.</param>
/// <param name="Tensors">Weights by key, on the CPU; the caller's dispose scope owns them.</param>
/// <param name="Words">Words and numbers beside them: metadata, epoch, score.</param>
/// <param name="Notes">What was left out or unwrapped.</param>
public sealed record WeightsFile(
    string Path, string Format, IReadOnlyDictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, string> Words, IReadOnlyList<string> Notes)
{
    /// <summary><see cref="Format"/> of safetensors files.</summary>
    public const string SafeTensorsFormat = "safetensors";

    private const string SaveAgain = "weights.pt written by PyTorch 1.6 or newer; in Python: torch.save(torch.load(path, map_location=\"cpu\"), \"weights.pt\") (of a whole model: torch.load(path, map_location=\"cpu\", weights_only=False).state_dict()). Do so only with a file whose source you trust: loading it there runs code";

    /// <summary>Reads a safetensors file or a PyTorch checkpoint; its first bytes, not its name, say which.</summary>
    /// <exception cref="WeightsException">The file is damaged, of a format that can't be read, or holds something that isn't data.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static WeightsFile Read(string path)
    {
        byte[] begin = new byte[262];
        int length;
        using (FileStream stream = File.OpenRead(path)) length = stream.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false);
        ReadOnlySpan<byte> head = begin.AsSpan(0, length);
        if (head.StartsWith("PK"u8) || PyTorchStream.Begins(head)) return PyTorchCheckpoint.Load(path);
        if (Foreign(head) is { } format) throw new WeightsException(path, null, format.Found, format.Expected);
        (IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string> words) = SafeTensors.Load(path);
        return new WeightsFile(path, SafeTensorsFormat, tensors, words, []);
    }

    private static (string Found, string Expected)? Foreign(ReadOnlySpan<byte> head)
    {
        // A safetensors file begins with its header's length, at most 100 MB in 8 bytes.
        if (head.Length >= 8 && !head[4..8].ContainsAnyExcept((byte)0)) return null;
        if (head.Length >= 262 && head[257..262].SequenceEqual("ustar"u8)) return ("a tar archive, PyTorch's oldest format (before 0.1.10)", SaveAgain);
        if (head is [0x80, >= 2 and <= 5, ..]) return ("a plain Python pickle", SaveAgain);
        if (head is [0x89, (byte)'H', (byte)'D', (byte)'F', ..]) return ("an HDF5 file (Keras)", "safetensors, or a checkpoint of torch.save");
        if (head is [0x1f, 0x8b, ..]) return ("a gzipped file", "the file unpacked");
        if (head.StartsWith("<"u8) || head.StartsWith("version https://git-lfs"u8)) return ("a web page or a Git LFS pointer", "the weights themselves; download them again");
        return null;
    }
}
