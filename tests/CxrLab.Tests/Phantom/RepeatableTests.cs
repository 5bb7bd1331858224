using System.Security.Cryptography;
using System.Text.RegularExpressions;
using CxrLab.Phantom;
using Xunit;

namespace CxrLab.Tests.Phantom;

/// <summary>The same bytes whoever draws: any number of workers, any process, any machine.</summary>
public sealed partial class RepeatableTests
{
    /// <summary>
    /// The first 64 bits of the SHA-256 of the grey levels of three images. Written by another process on another day, so equality here is equality across processes;
    /// where it fails after a change of the phantom, raise <see cref="ChestPhantom.Version"/>, regenerate the samples and write the new one here.
    /// </summary>
    private const string Known = "8A96C06167D875C7";

    [Fact]
    public void Render_AnotherProcess_SameBytes()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (View view in (View[])[View.PA, View.AP, View.Lateral])
        {
            PhantomCase one = PhantomTestTools.Case(5, view, [.. Findings.All.Select(name => new PlannedFinding(name, 0.6))]);
            hash.AppendData([.. PhantomTestTools.Levels(ChestPhantom.Render(one, 96).Image)]);
        }

        Assert.Equal(Known, Convert.ToHexString(hash.GetHashAndReset())[..16]);
    }

    [Fact]
    public void Render_OneTwoOrFourWorkers_SameBytes()
    {
        IReadOnlyList<PhantomCase> cases = PhantomCohort.Draw(new PhantomOptions { Count = 24, Seed = 6, Laterals = true });
        byte[][] Draw(int workers)
        {
            var drawn = new byte[cases.Count][];
            Parallel.For(0, cases.Count, new ParallelOptions { MaxDegreeOfParallelism = workers }, k => drawn[k] = [.. PhantomTestTools.Levels(ChestPhantom.Render(cases[k], 64).Image)]);
            return drawn;
        }

        byte[][] one = Draw(1);
        foreach (int workers in (int[])[2, 4])
        {
            byte[][] many = Draw(workers);
            for (int k = 0; k < one.Length; k++) Assert.Equal(one[k], many[k]);
        }
    }

    [Fact]
    public void Sources_UseNoFunctionThatMachinesRoundDifferently()
    {
        string folder = Path.Combine(Sample.Repository, "src", "CxrLab", "Phantom");
        foreach (string file in Directory.EnumerateFiles(folder, "*.cs"))
        {
            Match match = Unrepeatable().Match(File.ReadAllText(file));
            Assert.False(match.Success, $"{Path.GetFileName(file)} calls {match.Value}; Exact has a form of it that repeats on every machine.");
        }
    }

    [Theory]
    [InlineData(-30)]
    [InlineData(-1.7)]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(2.5)]
    [InlineData(11)]
    public void Exact_ManyArguments_AgreesWithTheSystem(double x)
    {
        Assert.Equal(1, Exact.Exp((float)x) / Math.Exp((float)x), 1e-6);
        Assert.Equal(Math.Sin((float)x), Exact.Sin((float)x), 2e-7);
        Assert.Equal(Math.Cos((float)x), Exact.Cos((float)x), 2e-7);
        Assert.Equal(Math.Log(Math.Abs(x) + 0.01), Exact.Log(Math.Abs(x) + 0.01), 1e-6);
        Assert.Equal(1, Exact.Pow((float)Math.Abs(x) + 0.5f, 1.3f) / Math.Pow((float)Math.Abs(x) + 0.5f, 1.3f), 1e-5);
        Assert.Equal(MathNet.Numerics.Distributions.Normal.CDF(0, 1, x / 4), Exact.NormalCdf(x / 4), 2e-7);
    }

    [Fact]
    public void Exact_Gaussian_HasUnitSpread()
    {
        var random = new Random(3);
        var stream = new Exact.Normal(random);
        double[] drawn = [.. Enumerable.Range(0, 20_000).Select(k => k % 2 == 0 ? stream.Next() : (double)Exact.Gaussian(random))];
        Assert.InRange(drawn.Average(), -0.03, 0.03);
        Assert.InRange(drawn.Average(v => v * v), 0.96, 1.04);
        Assert.InRange(drawn.Count(v => Math.Abs(v) > 1.96) / 20_000.0, 0.043, 0.057);
    }

    [GeneratedRegex(@"\bMathF?\.(Exp|Log\w*|Pow|Sin\w*|Cos\w*|Tan\w*|Atan\w*|Asin|Acos|Cbrt)\(|\.NextGaussian\(|FusedMultiplyAdd")]
    private static partial Regex Unrepeatable();
}
