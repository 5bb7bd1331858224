using System.Text.RegularExpressions;

namespace CxrLab.Notebooks.Packages;

/// <summary>What <c>#r "nuget: Name, 1.2.3"</c> asks for.</summary>
/// <param name="Name">The package's name.</param>
/// <param name="Version">A version or a pattern such as <c>1.2.*</c>; null for the newest.</param>
internal sealed partial record PackageRequest(string Name, string? Version)
{
    /// <summary>Whether the answer may be another one tomorrow.</summary>
    public bool Floats => Version is null || Version.Contains('*', StringComparison.Ordinal);

    /// <param name="directive">The text between the quotes.</param>
    /// <returns>Null when it isn't of that form.</returns>
    public static PackageRequest? Parse(string directive)
    {
        Match match = Form().Match(directive);
        return match.Success ? new PackageRequest(match.Groups["name"].Value, match.Groups["version"].Success ? match.Groups["version"].Value : null) : null;
    }

    [GeneratedRegex(@"^\s*nuget\s*:\s*(?<name>[A-Za-z0-9_.-]+)\s*(?:,\s*(?<version>[0-9A-Za-z.*+-]+)\s*)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Form();
}
