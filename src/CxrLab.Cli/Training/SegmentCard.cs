using System.Globalization;
using System.Net;
using CxrLab.Data;
using CxrLab.Plots;
using CxrLab.Training;

namespace CxrLab.Cli.Training;

/// <summary>The run on one page that needs no network: scores, the worst outlines, data, settings.</summary>
internal static class SegmentCard
{
    private const int Shown = 8;

    internal static void Write(RunFolder folder, RunConfig config, CxrIndex index, SegmentationScores scores, IReadOnlyList<SegmentedImage> images)
    {
        Dictionary<string, SegmentedImage> byName = images.ToDictionary(image => image.Record.ImageId, StringComparer.Ordinal);
        GalleryItem[] worst = [.. scores.WorstFirst.Take(Shown).Select(one => Item(byName[one.Image], one))];
        File.WriteAllText(folder.Card, string.Create(CultureInfo.InvariantCulture, $$"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>{{Html(config.Model)}} on {{Html(config.Dataset)}}</title>
            <style>body{font-family:system-ui,sans-serif;max-width:860px;margin:2em auto;padding:0 1em;color:#263238;line-height:1.45}
            pre{background:#f5f7f8;padding:1em;overflow:auto;font-size:.85em}.note{color:#8a5a00}</style></head><body>
            <h1>{{Html(config.Model)}} on {{Html(config.Dataset)}}</h1><p class="note">For teaching and research, not for clinical use.</p>
            <h2>Scores</h2><pre>{{Html(scores.ToString())}}</pre>
            <h2>The worst outlines</h2><p>Green: the radiologist's outline. Orange: the network's.</p>{{Plot.Gallery("Lowest Dice first", worst).Svg}}
            <h2>Data</h2><pre>{{Html(index.ToString())}}</pre><h2>Settings</h2><pre>{{Html(config.ToJson())}}</pre></body></html>

            """));
    }

    private static GalleryItem Item(SegmentedImage image, SegmentationScore score)
    {
        string stem = Path.GetFileNameWithoutExtension(score.Image), name = stem.Length > 14 ? stem[..13] + "…" : stem;
        int side = image.Probability.Width;
        return new(string.Create(CultureInfo.InvariantCulture, $"{name} · Dice {score.Dice:F3}"), image.Record.ReadImage().Resize(side, side)) { TruthMask = image.Truth, FoundMask = image.Mask };
    }

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
