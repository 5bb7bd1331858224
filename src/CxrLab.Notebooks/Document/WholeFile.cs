namespace CxrLab.Notebooks.Document;

/// <summary>Writes text files whole or not at all.</summary>
internal static class WholeFile
{
    /// <summary>Writes beside the target and renames, so that a reader, a crash or Ctrl-C never meets half a file.</summary>
    public static void Write(string path, string text)
    {
        // A link stays a link: the file that it points to is replaced.
        string target = (File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null) ?? Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        string draft = $"{target}.{Environment.ProcessId}.tmp";
        try
        {
            File.WriteAllText(draft, text);
            if (!OperatingSystem.IsWindows() && File.Exists(target)) File.SetUnixFileMode(draft, File.GetUnixFileMode(target));
            File.Move(draft, target, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
