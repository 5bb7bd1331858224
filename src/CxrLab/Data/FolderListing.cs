namespace CxrLab.Data;

/// <summary>
/// Lists what is below a folder once, instead of asking the file system for each of a table's several hundred thousand rows; a
/// folder that isn't there costs one question.
/// </summary>
internal static class FolderListing
{
    /// <summary>All files below, or none where there is no such folder.</summary>
    /// <param name="folder">Where to look.</param>
    /// <param name="deep">Whether to look into its folders too.</param>
    /// <exception cref="DataFormatException">A folder can't be read.</exception>
    internal static IEnumerable<string> Files(string folder, bool deep)
    {
        if (!Directory.Exists(folder)) yield break;
        var options = new EnumerationOptions { RecurseSubdirectories = deep, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.None };
        using IEnumerator<string> files = Directory.EnumerateFiles(folder, "*", options).GetEnumerator();
        while (Next(files, folder)) yield return files.Current;
    }

    private static bool Next(IEnumerator<string> files, string folder)
    {
        try
        {
            return files.MoveNext();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataFormatException(folder, null, $"the folder can't be listed ({error.Message}); check its permissions.", error);
        }
    }
}
