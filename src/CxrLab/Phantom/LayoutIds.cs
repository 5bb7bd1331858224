using System.Globalization;

namespace CxrLab.Phantom;

/// <summary>Names that say nothing, as published: numbers out of order but never twice, and hexadecimal digits.</summary>
internal static class LayoutIds
{
    private const int Dates = -101; // a random stream of its own, beside those of Streams

    private const long Prime = 9_999_991; // the largest below 10^7: n ↦ a·n + b is one to one on [0, Prime)

    /// <summary>Seven digits for the n-th thing of a kind, distinct for distinct n below ten million.</summary>
    internal static string Seven(int seed, int kind, long n)
    {
        long a = 1 + Seed.Of(seed, kind, 1) % (Prime - 1), b = Seed.Of(seed, kind, 2) % Prime;
        return ((a * n + b) % Prime).ToString("D7", CultureInfo.InvariantCulture);
    }

    /// <summary>Groups of eight hexadecimal digits.</summary>
    internal static IEnumerable<string> Hex(PhantomCase one, int groups) =>
        Enumerable.Range(0, groups).Select(part => Seed.Of(one.Seed, one.Patient, one.FollowUp, one.View == View.Lateral ? part + 100 : part).ToString("x8", CultureInfo.InvariantCulture));

    /// <summary>A day for a visit, shifted far away as in de-identified sets; later visits come later.</summary>
    internal static DateOnly Day(PhantomCase one, int firstYear)
    {
        int start = Seed.Of(one.Seed, one.Patient, Dates) % 3650;
        return new DateOnly(firstYear, 1, 1).AddDays(start + 190 * one.FollowUp + Seed.Of(one.Seed, one.Patient, Dates, one.FollowUp) % 120);
    }

    internal static char Letter(Sex sex) => sex == Sex.Female ? 'F' : 'M';
}
