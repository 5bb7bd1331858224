using System.Globalization;

namespace CxrLab.Models;

/// <summary>
/// A line of the table of weights that others have published, <c>published-weights.csv</c> beside the library. Addresses are those in the publishers' own
/// sources; their terms and licences hold.
/// </summary>
/// <param name="Name">What to ask for.</param>
/// <param name="Architecture">Whose keys it has, by the name in <see cref="ModelCatalog"/> where CxrLab has the network.</param>
/// <param name="InputChannels">1 or 3.</param>
/// <param name="Input">The pixel range it was trained on: <c>imagenet</c>, <c>xrv1024</c> ([-1024, 1024]) or <c>unchecked</c>.</param>
/// <param name="Labels">Its findings in logit order, where they are known.</param>
/// <param name="Sha256">The published checksum, whole (64 hex digits) or its first 8, which torchvision puts into the file's name; null: none is published.</param>
/// <param name="Readable"><c>yes</c>; <c>convert</c>: a pickle of a whole model, to be saved again in Python first; <c>unchecked</c>: nobody of this project has opened it yet.</param>
/// <param name="Url">Where it lies.</param>
/// <param name="Source">Who published it.</param>
/// <param name="Note">What it was trained on.</param>
public sealed record PublishedWeights(
    string Name, string Architecture, int InputChannels, string Input, IReadOnlyList<string> Labels, string? Sha256, string Readable, Uri Url, string Source, string Note)
{
    private static readonly string[] Columns = ["name", "architecture", "channels", "input", "labels", "sha256", "readable", "url", "source", "note"];

    private static readonly Lazy<IReadOnlyList<PublishedWeights>> Shipped = new(() => Load(Path.Combine(Path.GetDirectoryName(typeof(PublishedWeights).Assembly.Location)!, "published-weights.csv")));

    /// <summary>The table that comes with the library.</summary>
    public static IReadOnlyList<PublishedWeights> All => Shipped.Value;

    /// <summary>For <see cref="CxrModel.InputRange"/>; null where nobody has checked.</summary>
    public InputRange? InputRange => InputRange.Named(Input);

    /// <summary>The last part of the address.</summary>
    public string FileName => Path.GetFileName(Url.LocalPath);

    /// <summary>What the checksum can vouch for.</summary>
    public string Verification => Sha256 switch { null => "no checksum published", { Length: 64 } => "SHA-256", _ => $"first {Sha256.Length} digits of SHA-256" };

    /// <param name="name">One of the table's names.</param>
    /// <param name="table">Another table than <see cref="All"/>.</param>
    /// <exception cref="ArgumentException">There is no such line; the message lists them.</exception>
    public static PublishedWeights ByName(string name, IReadOnlyList<PublishedWeights>? table = null) => (table ?? All).FirstOrDefault(line => line.Name == name)
        ?? throw new ArgumentException($"There are no published weights '{name}'; there are: {string.Join(", ", (table ?? All).Select(line => line.Name))}.", nameof(name));

    /// <summary>Reads a table of the same columns.</summary>
    /// <exception cref="DataFormatException">A cell makes no sense, or a name stands twice; names file and line.</exception>
    public static IReadOnlyList<PublishedWeights> Load(string file)
    {
        using CsvTable table = CsvTable.Open(file);
        int[] columns = [.. Columns.Select(column => table.Column(column))];
        var lines = new List<PublishedWeights>();
        while (table.Read())
        {
            string[] cells = [.. columns.Select(column => table.Text(column).Trim())];
            if (cells[0].Length == 0 || lines.Exists(line => line.Name == cells[0])) throw table.Error($"the name '{cells[0]}' is blank or stands twice.");
            if (!int.TryParse(cells[2], CultureInfo.InvariantCulture, out int channels) || channels is not (1 or 3)) throw table.Error($"channels is '{cells[2]}'; expected 1 or 3.");
            if (cells[5].Length > 0 && (cells[5].Length is < 8 or > 64 || !cells[5].All(char.IsAsciiHexDigitLower))) throw table.Error($"sha256 is '{cells[5]}'; expected 8 to 64 hexadecimal digits in lower case, or nothing.");
            if (cells[6] is not ("yes" or "convert" or "unchecked")) throw table.Error($"readable is '{cells[6]}'; expected yes, convert or unchecked.");
            if (!Uri.TryCreate(cells[7], UriKind.Absolute, out Uri? url) || url.Scheme is not ("https" or "http") || Path.GetFileName(url.LocalPath).Length == 0) throw table.Error($"url is '{cells[7]}'; expected the address of a file.");
            lines.Add(new PublishedWeights(cells[0], cells[1], channels, cells[3], cells[4].Length == 0 ? [] : cells[4].Split('|'), cells[5].Length == 0 ? null : cells[5], cells[6], url, cells[8], cells[9]));
        }

        return lines;
    }
}
