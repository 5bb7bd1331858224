namespace CxrLab.Data;

/// <summary>Finds tables in a data set's folder, plain or gzipped.</summary>
internal static class TableFile
{
    /// <summary>Path of the first of these tables that is there, or null.</summary>
    internal static string? Find(string folder, params IEnumerable<string> names) =>
        names.SelectMany(name => new[] { name, name + ".gz" }).Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <exception cref="DataFormatException">None of them is there.</exception>
    internal static string Require(string folder, params string[] names) => Find(folder, names)
        ?? throw new DataFormatException(folder, null, $"expected {string.Join(" or ", names)} (or .gz) here; name the folder that holds it, or choose another table.");

    /// <exception cref="DataFormatException">There is no such folder.</exception>
    internal static void RequireFolder(string root, string table)
    {
        if (!Directory.Exists(root)) throw new DataFormatException(root, null, $"there is no such folder; name the folder that holds {table}.");
    }
}
