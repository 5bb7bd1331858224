using System.Text.Json;

namespace CxrLab.Phantom;

/// <summary>Writes <c>truth/truth.json</c>: what is really on every image, beside any layout.</summary>
internal static class PhantomTruth
{
    internal static void Write(string folder, string layout, PhantomOptions options, IReadOnlyList<DrawnImage> images) => Write(folder, layout, options, json =>
    {
        foreach (DrawnImage image in images)
        {
            json.WriteStartObject();
            json.WriteString("image", image.Name);
            Case(json, image.Case);
            // A lateral view has no cardiothoracic ratio.
            if (!double.IsNaN(image.CardiothoracicRatio)) json.WriteNumber("cardiothoracicRatio", Math.Round(image.CardiothoracicRatio, 3));
            json.WriteNumber("geographicExtent", image.GeographicExtent);
            json.WriteNumber("opacityExtent", image.OpacityExtent);
            json.WriteStartArray("findings");
            foreach (DrawnFinding finding in image.Findings) Finding(json, finding);
            json.WriteEndArray();
            json.WriteEndObject();
        }
    });

    /// <summary>The frame around any list of images.</summary>
    internal static void Write(string folder, string layout, PhantomOptions options, Action<Utf8JsonWriter> images)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("version", ChestPhantom.Version);
            json.WriteString("layout", layout);
            json.WriteNumber("seed", options.Seed);
            json.WriteNumber("count", options.Count);
            json.WriteNumber("size", options.Size);
            json.WriteNumber("difficulty", options.Difficulty);
            json.WriteStartArray("images");
            images(json);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        LayoutFile.WriteBytes(Path.Combine(folder, PhantomFolder.Truth, PhantomFolder.TruthFile), [.. buffer.ToArray(), (byte)'\n']);
    }

    internal static void Case(Utf8JsonWriter json, PhantomCase one)
    {
        json.WriteNumber("patient", one.Patient);
        json.WriteNumber("visit", one.FollowUp);
        json.WriteString("view", one.View.ToString());
        if (one.Shortcuts != PhantomShortcut.None) json.WriteString("shortcuts", one.Shortcuts.ToString());
        if (one.Misaligned is { } affine) Numbers(json, "misaligned", [affine.A, affine.B, affine.C, affine.D, affine.Tx, affine.Ty]);
        if (one.Faults.Count == 0) return;
        json.WriteStartObject("faults");
        foreach (LabelFault fault in one.Faults) json.WriteString(fault.Finding, fault.Kind.ToString());
        json.WriteEndObject();
    }

    private static void Finding(Utf8JsonWriter json, DrawnFinding finding)
    {
        json.WriteStartObject();
        json.WriteString("finding", finding.Name);
        json.WriteNumber("severity", finding.Severity);
        json.WriteString("side", finding.Side.ToString());
        json.WriteString("mask", $"masks/{finding.Mask}");
        // Pixels of this collection's images: x, y, width, height.
        Numbers(json, "box", [finding.Box.X, finding.Box.Y, finding.Box.Width, finding.Box.Height]);
        json.WriteEndObject();
    }

    private static void Numbers(Utf8JsonWriter json, string name, IEnumerable<double> numbers)
    {
        json.WriteStartArray(name);
        foreach (double number in numbers) json.WriteNumberValue(Math.Round(number, 6));
        json.WriteEndArray();
    }
}
