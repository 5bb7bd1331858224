namespace CxrLab.Metrics;

/// <summary>One image of a reading with free marks.</summary>
/// <param name="Lesions">How many lesions there are; 0 for a normal image.</param>
/// <param name="Marks">What was marked.</param>
public sealed record LesionCase(int Lesions, IReadOnlyList<LesionMark> Marks)
{
    /// <summary>Score of the highest false mark; minus infinity where there is none.</summary>
    internal double HighestFalse => Marks.Where(mark => mark.Lesion < 0).Select(mark => mark.Score).DefaultIfEmpty(double.NegativeInfinity).Max();

    /// <summary>Score of a lesion: its highest mark; minus infinity where nobody marked it.</summary>
    internal double ScoreOf(int lesion) => Marks.Where(mark => mark.Lesion == lesion).Select(mark => mark.Score).DefaultIfEmpty(double.NegativeInfinity).Max();

    internal static void Check(IReadOnlyList<LesionCase> cases)
    {
        for (int i = 0; i < cases.Count; i++)
        {
            foreach (LesionMark mark in cases[i].Marks)
            {
                if (mark.Lesion >= cases[i].Lesions || mark.Lesion < -1) throw new ArgumentException($"Case {i} has {cases[i].Lesions} lesions, but a mark names lesion {mark.Lesion}; they count from 0, and -1 is a false mark.", nameof(cases));
                if (double.IsNaN(mark.Score)) throw new ArgumentException($"Case {i} has a mark whose score is NaN.", nameof(cases));
            }
        }
    }
}

/// <summary>A mark with its score.</summary>
/// <param name="Score">Higher is surer.</param>
/// <param name="Lesion">The lesion that it hits, from 0; -1 for none.</param>
public readonly record struct LesionMark(double Score, int Lesion);
