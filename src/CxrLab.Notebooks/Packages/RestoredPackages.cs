using System.Text.Json.Nodes;

namespace CxrLab.Notebooks.Packages;

/// <summary>The files of a set of packages and of all that they need, as NuGet's <c>project.assets.json</c> lists them for this system.</summary>
/// <param name="Assemblies">To be loaded and compiled against.</param>
/// <param name="Natives">Native libraries of this system.</param>
/// <param name="Warnings">What NuGet noticed, such as another version than the one asked for.</param>
internal sealed record RestoredPackages(IReadOnlyList<string> Assemblies, IReadOnlyList<string> Natives, IReadOnlyList<string> Warnings)
{
    /// <summary>Whether the package cache still has every file: a user may have emptied it.</summary>
    public bool IsComplete => Assemblies.Concat(Natives).All(File.Exists);

    /// <param name="assets">Path of <c>project.assets.json</c>.</param>
    /// <param name="runtime">Such as <c>linux-x64</c>.</param>
    public static RestoredPackages Read(string assets, string runtime)
    {
        JsonNode root = JsonNode.Parse(File.ReadAllText(assets))!;
        string[] caches = [.. root["packageFolders"]!.AsObject().Select(folder => folder.Key)];
        JsonObject target = root["targets"]!.AsObject().First(item => item.Key.EndsWith("/" + runtime, StringComparison.Ordinal)).Value!.AsObject();
        List<string> assemblies = [], natives = [];
        foreach ((string library, JsonNode? item) in target)
        {
            string folder = (string?)root["libraries"]?[library]?["path"] ?? library.ToLowerInvariant();
            string? home = caches.Select(cache => Path.Combine(cache, folder)).FirstOrDefault(Directory.Exists);
            if (home is null) continue;
            assemblies.AddRange(Files(item?["runtime"], home).Where(file => file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)));
            natives.AddRange(Files(item?["native"], home));
        }
        var warnings = from log in root["logs"] as JsonArray ?? []
                       where (string?)log["level"] == "Warning" && (string?)log["code"] is "NU1601" or "NU1602" or "NU1603" or "NU1608"
                       select (string)log["message"]!;
        return new RestoredPackages(assemblies, natives, [.. warnings]);
    }

    /// <summary>A name that ends in <c>_._</c> only says that there is nothing for this framework.</summary>
    private static IEnumerable<string> Files(JsonNode? assets, string home) =>
        from file in assets as JsonObject ?? []
        where !file.Key.EndsWith("_._", StringComparison.Ordinal)
        select Path.Combine(home, file.Key.Replace('/', Path.DirectorySeparatorChar));
}
