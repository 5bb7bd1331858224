using CxrLab.Phantom;
using Xunit;

namespace CxrLab.Tests.Phantom;

public sealed class PhantomCohortTests
{
    private static readonly IReadOnlyList<PhantomCase> Cases = PhantomCohort.Draw(new PhantomOptions { Count = 6000, Seed = 3 });

    [Fact]
    public void Draw_ManyImages_PrevalenceNearDefault()
    {
        foreach ((string name, double share) in Findings.DefaultPrevalence) Assert.InRange(Share(Cases, name), 0.8 * share, 1.2 * share);
    }

    [Fact]
    public void Draw_ChosenPrevalence_IsMet()
    {
        var options = new PhantomOptions { Count = 4000, Prevalence = new Dictionary<string, double> { [Finding.Nodule] = 0.4, [Finding.Mass] = 0 } };
        IReadOnlyList<PhantomCase> cases = PhantomCohort.Draw(options);
        Assert.InRange(Share(cases, Finding.Nodule), 0.36, 0.44);
        Assert.Equal(0, Share(cases, Finding.Mass));
    }

    [Fact]
    public void Draw_ManyImages_RelatedFindingsGoTogether()
    {
        Assert.InRange(Lift(Finding.Cardiomegaly, Finding.Edema), 3, 8);
        Assert.InRange(Lift(Finding.Effusion, Finding.Edema), 2, 5);
        Assert.InRange(Lift(Finding.Infiltration, Finding.Consolidation), 1.8, 4.5);
        Assert.InRange(Lift(Finding.Nodule, Finding.Effusion), 0.6, 1.5);
        Assert.InRange(Cases.Count(c => c.Findings.Count == 0) / (double)Cases.Count, 0.35, 0.6);
    }

    [Fact]
    public void Draw_Severities_AreWithinRangeAndVary()
    {
        double[] severities = [.. Cases.SelectMany(c => c.Findings).Select(f => f.Severity)];
        Assert.All(severities, s => Assert.InRange(s, 0.02, 1));
        Assert.InRange(severities.Average(), 0.35, 0.6);
    }

    [Fact]
    public void Draw_Patient_IsTheSameOnAllHisImages()
    {
        foreach (var patient in Cases.GroupBy(c => c.Patient))
        {
            PhantomCase[] visits = [.. patient];
            Assert.Equal(Enumerable.Range(0, visits.Length), visits.Select(v => v.FollowUp));
            Assert.Single(visits.Select(v => v.Sex).Distinct());
            for (int k = 1; k < visits.Length; k++) Assert.InRange(visits[k].Age - visits[k - 1].Age, 0, 2);
        }
    }

    [Fact]
    public void Draw_SickPatients_AreMoreOftenImagedLying()
    {
        double Lying(bool ill) => Cases.Where(c => c.Findings.Any(f => f.Name == Finding.Edema) == ill).Average(c => c.View == View.AP ? 1.0 : 0);
        Assert.True(Lying(true) > 1.4 * Lying(false));
    }

    [Fact]
    public void Draw_FewerImages_AreTheFirstOfMore() => Assert.Equal(
        Cases.Take(50).Select(Text),
        PhantomCohort.Draw(new PhantomOptions { Count = 50, Seed = 3 }).Select(Text));

    [Fact]
    public void Draw_WrongOptions_Throws()
    {
        Assert.Throws<ArgumentException>(() => PhantomCohort.Draw(new PhantomOptions { Count = 0 }));
        Assert.Throws<ArgumentException>(() => PhantomCohort.Draw(new PhantomOptions { Size = 2000 }));
        Assert.Throws<ArgumentException>(() => PhantomCohort.Draw(new PhantomOptions { Difficulty = -0.1 }));
        Assert.Throws<ArgumentException>(() => PhantomCohort.Draw(new PhantomOptions { Workers = -1 }));
        Assert.Throws<ArgumentException>(() => PhantomCohort.Draw(new PhantomOptions { Prevalence = new Dictionary<string, double> { ["Gout"] = 0.1 } }));
    }

    private static string Text(PhantomCase c) => $"{c.ImageId} {c.Age} {c.Sex} {c.View} {string.Join(' ', c.Findings)}";

    private static bool Has(PhantomCase c, string name) => c.Findings.Any(f => f.Name == name);

    private static double Share(IReadOnlyList<PhantomCase> cases, string name) => cases.Count(c => Has(c, name)) / (double)cases.Count;

    private static double Lift(string of, string given) =>
        Share([.. Cases.Where(c => Has(c, given))], of) / Share(Cases, of);
}
