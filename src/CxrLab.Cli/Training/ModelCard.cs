using System.Globalization;
using System.Net;
using System.Text;
using CxrLab.Data;
using CxrLab.Plots;
using CxrLab.Training;

namespace CxrLab.Cli.Training;

/// <summary>The run on one page that needs no network: data, split, scores, baselines, curve, settings.</summary>
internal static class ModelCard
{
    internal static void Write(RunFolder folder, RunConfig config, CxrIndex index, ScoreTable table)
    {
        var page = new StringBuilder($$"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>{{Html(config.Model)}} on {{Html(config.Dataset)}}</title>
            <style>body{font-family:system-ui,sans-serif;max-width:860px;margin:2em auto;padding:0 1em;color:#263238;line-height:1.45}
            table{border-collapse:collapse;width:100%}td,th{padding:.35em .6em;border-bottom:1px solid #e0e4e7;text-align:left;font-size:.92em}
            pre{background:#f5f7f8;padding:1em;overflow:auto;font-size:.85em}.note{color:#8a5a00}</style></head><body>
            <h1>{{Html(config.Model)}} on {{Html(config.Dataset)}}</h1><p class="note">For teaching and research, not for clinical use.</p>
            <h2>Scores</h2><p>AUROC with 95 % patient interval. Baselines out of fold over {{Html(table.Folds)}}.</p>
            <table><tr><th>finding</th><th>network</th><th>view + age + sex</th><th>ridge on 32 × 32</th></tr>
            """);
        foreach (ScoreRow row in table.Rows)
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Html(row.Finding)}</td><td>{Html(row.Model.ToString())}</td><td>{Beside(row.Blind, row.OverBlind)}</td><td>{Beside(row.TinyPicture, row.OverTinyPicture)}</td></tr>");
        page.Append("</table>");
        if (table.Rows.Count > 0) page.Append(Plot.Roc([.. table.Rows.Take(6).Select(row => ($"{row.Finding} {row.Model.Value.ToString("F3", CultureInfo.InvariantCulture)}", row.Curve))]).Svg);
        page.Append(CultureInfo.InvariantCulture, $"<h2>Data</h2><pre>{Html(index.ToString())}</pre><h2>Settings</h2><pre>{Html(config.ToJson())}</pre></body></html>\n");
        File.WriteAllText(folder.Card, page.ToString());
    }

    private static string Beside(object? score, object? difference) => score is null ? "–" : $"{Html(score.ToString()!.Split(" (")[0])}<br>network {Html(difference!.ToString()!)}";

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
