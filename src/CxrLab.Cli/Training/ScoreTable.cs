using System.Globalization;
using CxrLab.Data;
using CxrLab.Metrics;
using CxrLab.Training;

namespace CxrLab.Cli.Training;

/// <summary>One finding's score beside what needs no network.</summary>
/// <param name="Finding">Its name.</param>
/// <param name="Model">The network, with interval.</param>
/// <param name="Blind">View, age and sex only; null where the folds don't allow a fit.</param>
/// <param name="OverBlind">Network minus blind, paired.</param>
/// <param name="TinyPicture">Linear model on 32 × 32 pixels.</param>
/// <param name="OverTinyPicture">Network minus tiny picture, paired.</param>
/// <param name="Curve">Points of the network's ROC curve.</param>
internal sealed record ScoreRow(string Finding, Score Model, Score? Blind, ScoreDifference? OverBlind, Score? TinyPicture, ScoreDifference? OverTinyPicture,
    IReadOnlyList<(double FalsePositiveRate, double TruePositiveRate)> Curve);

/// <summary>Scores of all findings that the tested images allow.</summary>
internal sealed record ScoreTable(IReadOnlyList<ScoreRow> Rows, IReadOnlyList<string> Skipped, string Folds)
{
    private const int BaselineFolds = 5;

    /// <param name="tested">Images that were predicted by models which had not seen their patients.</param>
    /// <param name="predictions">In the index's order.</param>
    /// <param name="foldOf">The network's own folds; null: the baselines get five patient folds of the tested images.</param>
    /// <param name="seed">Seed of folds and bootstrap.</param>
    internal static ScoreTable Compute(CxrIndex tested, Predictions predictions, int[]? foldOf, int seed)
    {
        foldOf ??= OwnFolds(tested, seed);
        var rows = new List<ScoreRow>();
        var skipped = new List<string>();
        foreach (string finding in predictions.Labels)
        {
            double[] all = predictions.Column(finding);
            int column = tested.Labels.IndexOf(finding);
            int[] known = [.. Enumerable.Range(0, tested.Count).Where(i => tested.Records[i].Labels[column] is LabelState.Positive or LabelState.Negative)];
            CxrRecord[] records = [.. known.Select(i => tested.Records[i])];
            bool[] positive = [.. records.Select(record => record.Labels[column] == LabelState.Positive)];
            int[] fold = [.. known.Select(i => foldOf[i])];
            if (positive.All(value => value) || !positive.Any(value => value))
            {
                skipped.Add(finding);
                continue;
            }

            double[] scores = [.. known.Select(i => all[i])];
            var bootstrap = new PatientBootstrap([.. records.Select(record => record.PatientId)], seed: seed);
            bool fittable = fold.Distinct().All(tried => Both(positive.Where((_, i) => fold[i] != tried)));
            double[]? blind = fittable ? Baselines.Blind(records, positive, fold) : null;
            double[]? tiny = fittable ? Baselines.TinyPicture(records, positive, fold) : null;
            rows.Add(new ScoreRow(finding, bootstrap.Auroc(scores, positive),
                blind is null ? null : bootstrap.Auroc(blind, positive), blind is null ? null : bootstrap.AurocDifference(scores, blind, positive),
                tiny is null ? null : bootstrap.Auroc(tiny, positive), tiny is null ? null : bootstrap.AurocDifference(scores, tiny, positive),
                RocCurve.Compute(scores, positive)));
        }

        return new ScoreTable(rows, skipped, $"{foldOf.Distinct().Count()} patient folds");
    }

    internal void Print()
    {
        Console.WriteLine("\nAUROC with 95 % patient interval; baselines out of fold over " + Folds);
        foreach (ScoreRow row in Rows)
        {
            Console.WriteLine($"{row.Finding}");
            Console.WriteLine($"  network             {row.Model}");
            if (row.Blind is not null) Console.WriteLine($"  view + age + sex    {Short(row.Blind)}   network minus this: {row.OverBlind}");
            if (row.TinyPicture is not null) Console.WriteLine($"  ridge on 32 x 32    {Short(row.TinyPicture)}   network minus this: {row.OverTinyPicture}");
        }

        if (Rows.Count > 1) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"mean of {Rows.Count} findings: {Rows.Average(row => row.Model.Value):F3}"));
        if (Skipped.Count > 0) Console.WriteLine($"not scored, as the tested images are all of one kind: {string.Join(", ", Skipped)}");
    }

    private static string Short(Score score) => string.Create(CultureInfo.InvariantCulture, $"{score.Value:F3} [{score.Low:F3}, {score.High:F3}]");

    private static bool Both(IEnumerable<bool> values) => values.Distinct().Count() == 2;

    private static int[] OwnFolds(CxrIndex tested, int seed)
    {
        int folds = Math.Min(BaselineFolds, tested.PatientCount);
        if (folds < 2) return new int[tested.Count];
        var foldOf = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int fold = 1; fold <= folds; fold++)
            foreach (CxrRecord record in tested.PatientFold(seed, fold, folds).Test.Records) foldOf[record.PatientId] = fold;
        return [.. tested.Records.Select(record => foldOf[record.PatientId])];
    }
}
