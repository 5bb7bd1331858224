using System.Text;

namespace CxrLab.Phantom;

/// <summary>Puts a phantom collection on the disk whole or not at all, and never over anything else than an older phantom.</summary>
internal static class PhantomFolder
{
    /// <summary>Folder for what a layout can't hold.</summary>
    internal const string Truth = "truth";

    /// <summary>The file by which a phantom collection is known.</summary>
    internal const string TruthFile = "truth.json";

    /// <summary>Lets <paramref name="fill"/> write into a temporary folder beside <paramref name="root"/> and moves it there when it is complete.</summary>
    /// <exception cref="IOException">The folder holds something that may not be replaced.</exception>
    internal static void Write(string root, bool overwrite, Action<string> fill, CancellationToken cancellation)
    {
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        CheckTarget(target, overwrite);
        string unfinished = Sibling(target);
        try
        {
            fill(unfinished);
            cancellation.ThrowIfCancellationRequested();
            Replace(target, unfinished);
        }
        finally
        {
            if (Directory.Exists(unfinished)) Directory.Delete(unfinished, recursive: true);
        }
    }

    /// <summary>Lines that end in a line feed on every system, UTF-8 without a mark.</summary>
    internal static void WriteLines(string path, IEnumerable<string> lines) =>
        File.WriteAllText(path, string.Concat(lines.Select(line => line + '\n')), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));

    private static void CheckTarget(string target, bool overwrite)
    {
        if (File.Exists(target)) throw new IOException($"{target} is a file; name a folder.");
        if (!Directory.Exists(target) || !Directory.EnumerateFileSystemEntries(target).Any()) return;
        if (!overwrite) throw new IOException($"{target} isn't empty; name a new folder, or allow an older phantom to be replaced (Overwrite, --overwrite).");
        if (!File.Exists(Path.Combine(target, Truth, TruthFile)))
            throw new IOException($"{target} holds no phantom (there is no {Truth}/{TruthFile}), so it won't be overwritten; name another folder.");
    }

    private static string Sibling(string target) =>
        Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}");

    private static void Replace(string target, string finished)
    {
        if (!Directory.Exists(target))
        {
            Directory.Move(finished, target);
            return;
        }

        string old = Sibling(target);
        Directory.Move(target, old);
        try
        {
            Directory.Move(finished, target);
        }
        catch
        {
            Directory.Move(old, target);
            throw;
        }

        Directory.Delete(old, recursive: true);
    }
}
