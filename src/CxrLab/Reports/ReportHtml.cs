using System.Globalization;
using System.Net;
using System.Text;

namespace CxrLab.Reports;

/// <summary>A labelled report as HTML: mentions coloured by their state, the words that decided underlined, reasons on hover and in a table.</summary>
internal static class ReportHtml
{
    // Colours that hold on white and on dark pages, and differ for colour-blind readers too; the letter repeats them.
    private static readonly Dictionary<LabelState, (string Colour, string Mark, string Word)> Look = new()
    {
        [LabelState.Positive] = ("#d1495b", "+", "positive"),
        [LabelState.Negative] = ("#2e86ab", "−", "negative"),
        [LabelState.Uncertain] = ("#c98a00", "?", "uncertain"),
        [LabelState.Missing] = ("#808080", "·", "not of this image"),
    };

    internal static string Of(LabeledReport report)
    {
        var html = new StringBuilder("<div style=\"max-width:52em;line-height:1.7\">");
        foreach (ReportSection section in report.Read)
        {
            if (section.Heading.Length > 0) html.Append("<b>").Append(Encode(section.Heading.ToUpperInvariant())).Append("</b> ");
            AppendText(html, section, [.. report.Mentions.Where(mention => ReferenceEquals(mention.Section, section))]);
            html.Append("<br>");
        }

        AppendLabels(html, report);
        return html.Append("</div>").ToString();
    }

    private static void AppendText(StringBuilder html, ReportSection section, IReadOnlyList<Mention> mentions)
    {
        // One pass over the characters: a mention's words may hold a rule's words, and a rule may serve several mentions.
        string text = section.Text;
        Mention?[] of = new Mention?[text.Length];
        bool[] decides = new bool[text.Length];
        foreach (Mention mention in mentions)
        {
            for (int i = mention.Start; i < mention.Start + mention.Length; i++) of[i] = mention;
            if (mention.RuleSpan is { } span) Array.Fill(decides, true, span.Start, span.Length);
        }

        for (int i = 0; i < text.Length;)
        {
            int end = i + 1;
            while (end < text.Length && ReferenceEquals(of[end], of[i]) && decides[end] == decides[i]) end++;
            string words = Encode(text[i..end]);
            if (decides[i]) words = $"<u style=\"text-decoration-style:dotted\">{words}</u>";
            if (of[i] is { } mention)
            {
                (string colour, string mark, _) = Look[mention.State];
                bool last = end == mention.Start + mention.Length;
                words = $"<span title=\"{Encode(mention.Explanation)}\" style=\"background:{colour}33;border-bottom:2px solid {colour};border-radius:2px\">{words}{(last ? $"<sup style=\"color:{colour}\">{mark}</sup>" : "")}</span>";
            }

            html.Append(words);
            i = end;
        }
    }

    private static void AppendLabels(StringBuilder html, LabeledReport report)
    {
        html.Append("<div style=\"margin-top:.4em\">");
        foreach ((string label, LabelState state) in report.Scheme.Labels.Zip(report.Labels).Where(pair => pair.Second != LabelState.Missing))
        {
            (string colour, string mark, string word) = Look[state];
            html.Append(CultureInfo.InvariantCulture, $"<span title=\"{word}\" style=\"border:1px solid {colour};border-radius:8px;padding:0 .5em;margin-right:.4em;white-space:nowrap\"><span style=\"color:{colour}\">{mark}</span> {Encode(label)}</span> ");
        }

        html.Append(report.Normal == true ? "<i>normal</i>" : report.Normal == false ? "" : "<i>nothing to read</i>").Append("</div>");
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
