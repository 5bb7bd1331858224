namespace CxrLab.Phantom;

/// <summary>How reports name one finding.</summary>
/// <param name="Name">As in <see cref="Findings.All"/>.</param>
/// <param name="Plain">Name without place or size, as negations use it.</param>
/// <param name="Found">Noun phrases for a finding that is there; <c>{size}</c> and <c>{side}</c> are filled in.</param>
/// <param name="Absent">Whole sentences that say that it isn't there; empty where "no" and <paramref name="Plain"/> do.</param>
internal sealed record ReportWords(string Name, string Plain, string[] Found, params string[] Absent)
{
    private static readonly ReportWords[] Table =
    [
        new(Finding.Atelectasis, "atelectasis", ["{size} {side} basilar atelectasis", "linear atelectasis at the {side} lung base", "{size} atelectasis in the {side} lower lung"]),
        new(Finding.Cardiomegaly, "cardiomegaly", ["{size} cardiomegaly", "{size} enlargement of the cardiac silhouette"], "The heart size is normal.", "The cardiac silhouette is within normal limits.", "Heart size is normal."),
        new(Finding.Effusion, "pleural effusion", ["{size} {side} pleural effusion", "{size} pleural effusion on the {side}"]),
        new(Finding.Infiltration, "infiltrate", ["{size} {side} infiltrate", "patchy {side} lung infiltrate"]),
        new(Finding.Mass, "lung mass", ["{size} {side} lung mass", "{size} mass in the {side} lung"]),
        new(Finding.Nodule, "pulmonary nodule", ["{size} {side} lung nodule", "{size} pulmonary nodule in the {side} lung"]),
        new(Finding.Pneumonia, "pneumonia", ["{side} pneumonia", "{size} {side} lower lobe pneumonia"]),
        new(Finding.Pneumothorax, "pneumothorax", ["{size} {side} pneumothorax", "{size} {side} apical pneumothorax"]),
        new(Finding.Consolidation, "consolidation", ["{size} {side} consolidation", "{size} consolidation in the {side} lung"], "No focal consolidation.", "No focal airspace consolidation."),
        new(Finding.Edema, "pulmonary edema", ["{size} pulmonary edema", "{size} interstitial pulmonary edema"]),
        new(Finding.Emphysema, "emphysema", ["{size} emphysema", "{size} emphysematous change"]),
        new(Finding.Fibrosis, "pulmonary fibrosis", ["{size} {side} pulmonary fibrosis", "{size} fibrosis at the {side} lung base"]),
        new(Finding.PleuralThickening, "pleural thickening", ["{size} {side} pleural thickening", "{size} pleural thickening on the {side}"]),
        new(Finding.Hernia, "hiatal hernia", ["{size} hiatal hernia", "{size} hiatus hernia"]),
        new(Phantom.Findings.Tuberculosis, "tuberculosis", ["{side} upper lobe cavitary tuberculosis", "{side} apical tuberculosis"]),
        new(Phantom.Findings.Covid, "COVID-19 pneumonia", ["{size} {side} peripheral COVID-19 pneumonia", "{size} {side} ground-glass change typical of COVID-19 pneumonia"]),
    ];

    /// <summary>The words for a finding.</summary>
    public static ReportWords Of(string finding) => Table.First(words => words.Name == finding);

    /// <summary>One of the noun phrases, filled in.</summary>
    public string Phrase(Random random, double severity, BodySide side)
    {
        string size = severity switch { < 0.34 => Pick(random, Name == Finding.Nodule ? (string[])["small", "tiny"] : ["small", "mild", "minimal"]), < 0.67 => "moderate", _ => Pick(random, (string[])["large", "severe"]) };
        if (Name is Finding.Effusion or Finding.Pneumothorax or Finding.Mass or Finding.Nodule or Finding.Hernia)
            size = size switch { "mild" or "minimal" => "small", "severe" => "large", "moderate" when Name is Finding.Mass or Finding.Nodule => "", _ => size };
        else size = size switch { "small" => "mild", "large" => "severe", _ => size };
        string place = side switch { BodySide.Right => "right", BodySide.Left => "left", BodySide.Both => "bilateral", _ => "" };
        string phrase = Pick(random, side == BodySide.Both ? (string[])[.. Found.Where(found => !found.Contains("the {side}", StringComparison.Ordinal)).DefaultIfEmpty(Found[0])] : Found);
        return string.Join(' ', phrase.Replace("{size}", size, StringComparison.Ordinal).Replace("{side}", place, StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    internal static T Pick<T>(Random random, IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}
