using System.Globalization;
using System.Text;
using System.Xml;

namespace CxrLab.Notebooks.Running;

/// <summary>
/// A run in the XML that build servers read (Jenkins, GitLab, Azure, GitHub actions): a suite per notebook, a case per cell, and one
/// case for the budget. No time of day and no machine name, so that two runs of one state differ in their durations only.
/// </summary>
internal static class JUnitReport
{
    private const string BudgetCase = "Budget of time and memory";

    public static string Of(IReadOnlyList<RunOutcome> outcomes)
    {
        var text = new StringWriterUtf8();
        var settings = new XmlWriterSettings { Indent = true, NewLineChars = "\n" };
        using (var xml = XmlWriter.Create(text, settings))
        {
            List<Suite> suites = [.. outcomes.Select(Suite.Of)];
            xml.WriteStartElement("testsuites");
            xml.WriteAttributeString("name", "cxrnb run");
            Totals(xml, [.. suites.SelectMany(suite => suite.Cases)], outcomes.Sum(outcome => outcome.Time.TotalSeconds));
            foreach (Suite suite in suites) Write(xml, suite);
            xml.WriteEndElement();
        }
        return text.ToString() + "\n";
    }

    private static void Write(XmlWriter xml, Suite suite)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", suite.Outcome.Name);
        Totals(xml, suite.Cases, suite.Outcome.Time.TotalSeconds);
        xml.WriteStartElement("properties");
        xml.WriteStartElement("property");
        xml.WriteAttributeString("name", "peak_memory_mb");
        xml.WriteAttributeString("value", (suite.Outcome.PeakBytes / 1e6).ToString("0", CultureInfo.InvariantCulture));
        xml.WriteEndElement();
        xml.WriteEndElement();
        foreach (Case item in suite.Cases) Write(xml, item, suite.Outcome.Name);
        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, Case item, string notebook)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", Path.ChangeExtension(notebook, null).Replace('\\', '/').Replace('/', '.'));
        xml.WriteAttributeString("name", Clean(item.Name));
        xml.WriteAttributeString("time", Seconds(item.Seconds));
        if (item.Result != Result.Passed)
        {
            xml.WriteStartElement(item.Result switch { Result.Skipped => "skipped", Result.Error => "error", _ => "failure" });
            xml.WriteAttributeString("message", Clean(item.Message));
            if (item.Result != Result.Skipped) xml.WriteAttributeString("type", item.Result == Result.Error ? "ProcessEnded" : "CellFailed");
            if (item.Details.Length > 0) xml.WriteString(Clean(item.Details));
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static void Totals(XmlWriter xml, IReadOnlyList<Case> cases, double seconds)
    {
        string Count(Result? result) => cases.Count(item => result is null || item.Result == result).ToString(CultureInfo.InvariantCulture);
        xml.WriteAttributeString("tests", Count(null));
        xml.WriteAttributeString("failures", Count(Result.Failed));
        xml.WriteAttributeString("errors", Count(Result.Error));
        xml.WriteAttributeString("skipped", Count(Result.Skipped));
        xml.WriteAttributeString("time", Seconds(seconds));
    }

    private static string Seconds(double seconds) => seconds.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>Colour codes and other control characters have no place in XML, not even escaped.</summary>
    private static string Clean(string text)
    {
        if (text.All(XmlConvert.IsXmlChar)) return text;
        var clean = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])) clean.Append(text[i]).Append(text[++i]);
            else clean.Append(XmlConvert.IsXmlChar(text[i]) ? text[i] : '\uFFFD');
        }
        return clean.ToString();
    }

    private enum Result
    {
        Passed,
        Failed,
        Error,
        Skipped,
    }

    private sealed record Case(string Name, Result Result, double Seconds = 0, string Message = "", string Details = "");

    private sealed record Suite(RunOutcome Outcome, IReadOnlyList<Case> Cases)
    {
        public static Suite Of(RunOutcome outcome)
        {
            List<Case> cases = [.. outcome.CellOutcomes.Select(Cell)];
            // A budget that was exceeded, or a session that didn't start, belongs to no cell.
            bool told = cases.Any(item => item.Result is Result.Failed or Result.Error);
            cases.Add(outcome.Verdict switch
            {
                Verdict.NotRun => new Case(BudgetCase, Result.Skipped, Message: "an earlier notebook failed"),
                Verdict.Failed when !told => new Case(BudgetCase, Result.Failed, Message: outcome.Reason),
                Verdict.Failed => new Case(BudgetCase, Result.Skipped, Message: "the notebook didn't reach its end"),
                _ => new Case(BudgetCase, Result.Passed),
            });
            return new Suite(outcome, cases);
        }

        private static Case Cell(CellOutcome cell)
        {
            string name = $"Cell {cell.Number}: {cell.Title}";
            if (cell.Seconds is not double seconds) return new Case(name, Result.Skipped, Message: "not reached");
            if (cell.Failure is null) return new Case(name, Result.Passed, seconds);
            return new Case(name, cell.Crashed ? Result.Error : Result.Failed, seconds, cell.Failure, cell.Details);
        }
    }

    private sealed class StringWriterUtf8() : StringWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}
