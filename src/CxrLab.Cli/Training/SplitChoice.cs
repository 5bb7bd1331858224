using System.Globalization;
using CxrLab.Data;

namespace CxrLab.Cli.Training;

/// <summary>What <c>--split</c> asked for: one split, or patient folds.</summary>
/// <param name="Split">The split, or null for folds.</param>
/// <param name="Folds">Number of folds, or 0.</param>
internal sealed record SplitChoice(PatientSplit? Split, int Folds)
{
    private const int SmallSet = 5000, DefaultFolds = 5;

    /// <summary>Few images are worth testing on all of them; many take too long to train on five times.</summary>
    internal static string Default(CxrIndex index, int seed) =>
        index.Count <= SmallSet ? $"folds:{DefaultFolds}" : string.Create(CultureInfo.InvariantCulture, $"patient:{seed}");

    /// <param name="text">As typed.</param>
    /// <param name="index">The images to part.</param>
    /// <param name="set">Their data set, for its official split.</param>
    /// <param name="root">Its folder.</param>
    /// <param name="validation">Share of patients that choose the epoch; 0 where there are too few outlines to spare any, as the schedule ends at rate 0.</param>
    internal static SplitChoice Parse(string text, CxrIndex index, DataSet set, string root, double validation = 0.1)
    {
        string[] parts = text.Split(':');
        switch (parts)
        {
            case ["official"]:
                return set.OfficialSplit is null ? throw new UsageException($"{set.Name} has no official split.") : new(set.OfficialSplit(index, root, 0), 0);
            case ["folds", string folds] when int.TryParse(folds, out int count) && count >= 2:
                return new(null, count);
            case ["patient", string seed] when int.TryParse(seed, out int number):
                return new(index.SplitByPatient(number, validation), 0);
            case ["patient", string seed, string fold] when int.TryParse(seed, out int number) && fold.Split('/') is [string one, string of] && int.TryParse(one, out int k) && int.TryParse(of, out int all):
                return new(index.PatientFold(number, k, all, validation), 0);
            default:
                throw new UsageException($"--split {text}: expected patient:SEED, patient:SEED:FOLD/K, official or folds:K.");
        }
    }
}
