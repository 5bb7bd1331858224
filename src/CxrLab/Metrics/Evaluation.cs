namespace CxrLab.Metrics;

/// <summary>Predictions held against the truth, finding by finding.</summary>
/// <param name="Labels">Finding → its scores.</param>
/// <param name="MacroAuroc">Mean over the findings that have both kinds; null where none has.</param>
/// <param name="Baseline">Finding → out-of-fold AUROC of a regression on view, age and sex, where the truth has them.</param>
public sealed record Evaluation(IReadOnlyDictionary<string, LabelEvaluation> Labels, double? MacroAuroc, IReadOnlyDictionary<string, double> Baseline)
{
    private const int Folds = 5;

    /// <summary>Joins by image name. Uncertain and missing cells are left out of the finding's score.</summary>
    /// <param name="predictions">Probabilities.</param>
    /// <param name="truth">Labels of the same images; predictions without truth are an error, as a score on a part could mislead.</param>
    /// <param name="seed">Seed of the bootstrap and of the baseline's folds.</param>
    /// <exception cref="ArgumentException">The tables share no finding, or a predicted image has no truth.</exception>
    public static Evaluation Compute(Predictions predictions, Truth truth, int seed = 0)
    {
        Dictionary<string, TruthRow> rows = truth.Rows.ToDictionary(row => row.Image, StringComparer.Ordinal);
        string[] without = [.. predictions.Images.Where(image => !rows.ContainsKey(image))];
        if (without.Length > 0) throw new ArgumentException($"{without.Length} of {predictions.Images.Count} predicted images have no truth, the first is {without[0]}; do both tables belong together?", nameof(truth));
        string[] shared = [.. predictions.Labels.Where(truth.Labels.Contains)];
        if (shared.Length == 0) throw new ArgumentException($"Predictions have [{predictions.Labels}], the truth has [{truth.Labels}]: no finding in common.", nameof(truth));
        var labels = new Dictionary<string, LabelEvaluation>();
        var baseline = new Dictionary<string, double>();
        foreach (string finding in shared)
        {
            int column = truth.Labels.IndexOf(finding);
            double[] all = predictions.Column(finding);
            int[] known = [.. Enumerable.Range(0, all.Length).Where(i => rows[predictions.Images[i]].States[column] is LabelState.Positive or LabelState.Negative)];
            TruthRow[] cases = [.. known.Select(i => rows[predictions.Images[i]])];
            bool[] positive = [.. cases.Select(row => row.States[column] == LabelState.Positive)];
            labels[finding] = LabelEvaluation.Compute([.. known.Select(i => all[i])], positive, [.. cases.Select(row => row.Patient)], seed);
            if (truth.HasDemographics && Blind(cases, positive, seed) is { } auroc) baseline[finding] = auroc;
        }

        double[] aurocs = [.. labels.Values.Select(label => label.Auroc).OfType<double>()];
        return new Evaluation(labels, aurocs.Length > 0 ? aurocs.Average() : null, baseline);
    }

    private static double? Blind(TruthRow[] cases, bool[] positive, int seed)
    {
        string[] patients = [.. cases.Select(row => row.Patient).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        Seed.Random(seed, patients.Length).Shuffle(patients);
        Dictionary<string, int> foldOf = patients.Select((patient, i) => (patient, i)).ToDictionary(pair => pair.patient, pair => pair.i % Folds, StringComparer.Ordinal);
        int[] fold = [.. cases.Select(row => foldOf[row.Patient])];
        bool fittable = Enumerable.Range(0, Folds).All(tested =>
            cases.Where((_, i) => fold[i] != tested && positive[i]).Any() && cases.Where((_, i) => fold[i] != tested && !positive[i]).Any());
        if (!fittable) return null;
        double auroc = Metrics.Auroc.Compute(OutOfFold.Logistic([.. cases.Select(row => BlindFeatures.Of(row.View, row.Age, row.Sex))], positive, fold), positive);
        return double.IsNaN(auroc) ? null : auroc;
    }
}

/// <summary>Scores of one finding; a score that the cases don't allow is null.</summary>
/// <param name="N">Images whose label is known.</param>
/// <param name="Positives">Of these, positive.</param>
/// <param name="Auroc">Area under the ROC curve.</param>
/// <param name="Low">Lower end of its patient interval.</param>
/// <param name="High">Upper end of its patient interval.</param>
/// <param name="AveragePrecision">Area under the precision-recall curve.</param>
/// <param name="Brier">Mean squared error of the probabilities.</param>
/// <param name="Ece">Expected calibration error over ten equal bins (Guo et al., ICML 2017).</param>
public sealed record LabelEvaluation(int N, int Positives, double? Auroc, double? Low, double? High, double? AveragePrecision, double? Brier, double? Ece)
{
    private const int Bins = 10;

    internal static LabelEvaluation Compute(double[] probabilities, bool[] positive, string[] patients, int seed)
    {
        int n = positive.Length, positives = positive.Count(value => value);
        if (n == 0) return new(0, 0, null, null, null, null, null, null);
        double brier = Enumerable.Range(0, n).Average(i => Math.Pow(probabilities[i] - (positive[i] ? 1 : 0), 2));
        double ece = Reliability.Compute(probabilities, positive, Bins).ExpectedError;
        if (positives == 0 || positives == n) return new(n, positives, null, null, null, positives == 0 ? null : 1, brier, ece);
        Score score = new PatientBootstrap(patients, seed: seed).Auroc(probabilities, positive);
        return new(n, positives, score.Value, score.Low, score.High, Metrics.AveragePrecision.Compute(probabilities, positive), brier, ece);
    }
}
