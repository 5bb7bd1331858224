namespace CxrLab.Phantom;

/// <summary>A made-up radiologist's report in plain English.</summary>
/// <param name="Indication">Why the image was taken.</param>
/// <param name="Technique">How.</param>
/// <param name="Findings">What is seen, what isn't, what is doubted.</param>
/// <param name="Impression">The conclusion.</param>
public sealed record PhantomReport(string Indication, string Technique, string Findings, string Impression)
{
    private static readonly string[] Reasons = ["Cough.", "Shortness of breath.", "Chest pain.", "Fever.", "Preoperative examination.", "Follow-up.", "Weight loss."];
    private static readonly string[] Asserting = ["There is {a} {x}.", "{X} is present.", "{X} is seen.", "{X} is noted.", "{X}."];
    private static readonly string[] Doubting = ["Possible {x}.", "{X} cannot be excluded.", "There may be {a} {x}.", "Questionable {x}.", "Findings may represent {x}."];
    private static readonly string[] Denying = ["No {x}.", "No evidence of {x}.", "There is no {x}.", "No {x} is seen.", "{X} is not identified."];
    private static readonly string[] Healthy = ["No acute cardiopulmonary abnormality.", "Normal chest radiograph.", "No acute disease."];

    /// <summary>The whole report with its headings.</summary>
    public string Text => $"INDICATION: {Indication}\n\nTECHNIQUE: {Technique}\n\nFINDINGS: {Findings}\n\nIMPRESSION: {Impression}\n";

    /// <summary>
    /// Reports an image as it truly is, but for planted doubt: what the case marks <see cref="LabelFaultKind.Uncertain"/> is hedged, what it
    /// marks <see cref="LabelFaultKind.Missing"/> isn't mentioned. A flipped label is the table's fault, so the report keeps the truth.
    /// </summary>
    /// <param name="image">The image with its known findings.</param>
    /// <returns>Several wordings for everything; the same case gives the same words.</returns>
    public static PhantomReport Write(PhantomImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        PhantomCase one = image.Case;
        Random random = Seed.Random(one.Seed, one.Patient, Streams.Report, one.FollowUp);
        List<string> body = [], conclusion = [], absent = [];
        foreach (string finding in Phantom.Findings.All)
        {
            LabelFaultKind? fault = one.Faults.FirstOrDefault(fault => fault.Finding == finding)?.Kind;
            ReportWords words = ReportWords.Of(finding);
            PlantedFinding? planted = image.Findings.FirstOrDefault(planted => planted.Name == finding && planted.IsVisible);
            if (fault == LabelFaultKind.Missing) continue;
            if (fault == LabelFaultKind.Uncertain)
            {
                string phrase = planted is null ? words.Plain : words.Phrase(random, planted.Severity, planted.Side);
                body.Add(Say(random, Doubting, phrase));
                conclusion.Add(Say(random, Doubting[..1], phrase));
            }
            else if (planted is not null)
            {
                string phrase = words.Phrase(random, planted.Severity, planted.Side);
                body.Add(Say(random, Asserting, phrase));
                conclusion.Add(Sentence(phrase) + ".");
            }
            else if (IsUsuallyDenied(finding) || random.NextDouble() < 0.12)
            {
                absent.Add(words.Absent.Length > 0 ? ReportWords.Pick(random, words.Absent) : Say(random, Denying, words.Plain));
            }
        }

        if (conclusion.Count == 0) conclusion.Add(ReportWords.Pick(random, Healthy));
        body.AddRange(absent);
        // Radiologists have their own order; what they deny may stand first.
        if (random.NextDouble() < 0.4) body = [.. absent, .. body.Take(body.Count - absent.Count)];
        string technique = one.View switch { View.Lateral => "Lateral view of the chest.", View.AP => "Portable AP view of the chest.", _ => "PA view of the chest." };
        return new(ReportWords.Pick(random, Reasons), technique, string.Join(' ', body), string.Join(' ', conclusion));
    }

    private static bool IsUsuallyDenied(string finding) => finding is Finding.Cardiomegaly or Finding.Effusion or Finding.Pneumothorax or Finding.Consolidation;

    private static string Say(Random random, string[] sentences, string phrase)
    {
        string sentence = ReportWords.Pick(random, sentences);
        string article = NeedsArticle(phrase) ? "aeio".Contains(phrase[0], StringComparison.Ordinal) ? "an" : "a" : "";
        return sentence.Replace("{a} ", article.Length > 0 ? article + " " : "", StringComparison.Ordinal)
            .Replace("{x}", phrase, StringComparison.Ordinal).Replace("{X}", Sentence(phrase), StringComparison.Ordinal);
    }

    // Diseases take no article, things do.
    private static bool NeedsArticle(string phrase) =>
        new[] { "effusion", "infiltrate", "mass", "nodule", "pneumothorax", "hernia" }.Any(word => phrase.Contains(word, StringComparison.Ordinal));

    private static string Sentence(string phrase) => char.ToUpperInvariant(phrase[0]) + phrase[1..];
}
