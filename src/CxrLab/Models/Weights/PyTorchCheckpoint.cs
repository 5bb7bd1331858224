using static TorchSharp.torch;

namespace CxrLab.Models;

/// <summary>
/// Reads checkpoints that <c>torch.save</c> wrote, as zip archives or in the format before PyTorch 1.6: dictionaries of tensors, numbers and words, however nested. The
/// file is read as data and never as a program; a Python object of any other kind is refused by its name.
/// </summary>
public static class PyTorchCheckpoint
{
    private delegate void FillStorage(string key, Span<byte> target);

    /// <summary>
    /// Reads all tensors to the CPU; float16 and bfloat16 widen to float32. Where the weights stand inside (<c>state_dict</c>, <c>model</c>, …), what stands
    /// beside them is named in the notes. Tensors that shared memory when they were saved share it again.
    /// </summary>
    /// <param name="path">A <c>.pt</c> or <c>.pth</c> file.</param>
    /// <returns>Tensors that belong to the caller's dispose scope.</returns>
    /// <exception cref="WeightsException">The file is damaged, or holds something that isn't data.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static WeightsFile Load(string path)
    {
        using FileStream stream = File.OpenRead(path);
        byte[] head = new byte[32];
        if (PyTorchStream.Begins(head.AsSpan(0, stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false))))
        {
            var old = new PyTorchStream(path, stream);
            return Describe(path, old.Root, old.Read, "PyTorch's format before 1.6, which has no checksums: compare the whole file's SHA-256 with the published one");
        }

        stream.Position = 0;
        using var archive = new PyTorchArchive(path, stream);
        return Describe(path, new PickleReader(path, archive.Pickle(), new PyTorchObjects(path, archive.Length)).Read(), (key, target) => archive.Read("data/" + key, target));
    }

    private static WeightsFile Describe(string path, object? root, FillStorage fill, params IEnumerable<string> notes)
    {
        var tree = new CheckpointTree(path, root);
        using var scope = NewDisposeScope();
        var storages = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach ((string key, PickleTensor tensor) in tree.Tensors) tensors.Add(key, View(fill, storages, tensor));
        foreach (Tensor tensor in tensors.Values) tensor.MoveToOuterDisposeScope();
        return new WeightsFile(path, "PyTorch", tensors, tree.Words, [.. notes, .. Notes(tree)]);
    }

    private static IEnumerable<string> Notes(CheckpointTree tree)
    {
        if (tree.Path.Length > 0) yield return $"weights taken from '{tree.Path}'";
        foreach (IGrouping<string, string> part in tree.Beside.Keys.GroupBy(key => key.Split('.')[0])) yield return $"left out, beside the weights: {part.Count()} tensor{(part.Count() == 1 ? "" : "s")} of '{part.Key}'";
    }

    private static Tensor View(FillStorage fill, Dictionary<string, Tensor> storages, PickleTensor tensor)
    {
        PickleStorage of = tensor.Storage;
        if (!storages.TryGetValue(of.Key, out Tensor? storage)) storages[of.Key] = storage = of.Type.Read([of.Count], target => fill(of.Key, target));
        return storage.as_strided(tensor.Shape, tensor.Stride, tensor.Offset);
    }
}
