using System.Text.RegularExpressions;

namespace CxrLab.Notebooks.Packages;

/// <summary>Makes a sentence or two of what NuGet printed.</summary>
internal static partial class RestoreFailure
{
    public static string Explain(string output, IEnumerable<PackageRequest> requests)
    {
        Match[] errors = [.. Error().Matches(output).Cast<Match>()];
        foreach (Match error in errors)
        {
            string message = error.Groups["message"].Value.Trim();
            string? package = requests.Select(item => item.Name).FirstOrDefault(name => Regex.IsMatch(message, $@"\b{Regex.Escape(name)}\b", RegexOptions.IgnoreCase));
            switch (error.Groups["code"].Value)
            {
                case "NU1101":
                    return $"There is no package '{package}' in the sources that were asked. Check its spelling, or name its source with #i \"nuget:https://…\". NuGet says: {message}";
                case "NU1102" or "NU1103":
                    string nearest = Nearest().Match(output) is { Success: true } match ? $" The nearest version is {match.Groups[1].Value}." : "";
                    return $"There is no such version of package '{package}'.{nearest} NuGet says: {message}";
                case "NU1301":
                    return $"A package source can't be reached: {message} Packages that were restored before work offline when their versions are given.";
                case "NU1605" or "NU1107":
                    return $"The packages of this notebook want different versions of one package: {message}";
                case "NU1202":
                    return $"Package '{package}' isn't made for .NET 10: {message}";
            }
        }
        string all = errors.Length > 0 ? string.Join("\n", errors.Select(error => $"{error.Groups["code"].Value}: {error.Groups["message"].Value.Trim()}").Distinct()) : output.Trim();
        return $"NuGet couldn't restore {string.Join(", ", requests.Select(item => item.Name))}: {all}";
    }

    [GeneratedRegex(@"error\s+(?<code>[A-Z]+\d+)\s*:\s*(?<message>.+?)(?:\s\[[^\]]*\.csproj\])?\r?$", RegexOptions.Multiline)]
    private static partial Regex Error();

    [GeneratedRegex(@"Nearest version: ([^ \]]+)")]
    private static partial Regex Nearest();
}
