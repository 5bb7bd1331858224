using CxrLab.Data;
using CxrLab.Ensembling;
using CxrLab.Metrics;
using Xunit;

namespace CxrLab.Tests.Ensembling;

public class EnsembleTests
{
    private const int Images = 300;
    private static readonly LabelSet Labels = new("Mass", "Edema");

    public static TheoryData<string> Methods => new((string[])[.. EnsembleCatalog.Fixed.Keys, .. EnsembleCatalog.Fitted.Keys]);

    [Theory]
    [MemberData(nameof(Methods))]
    public void Combine_EveryMethod_GivesProbabilitiesThatRepeat(string method)
    {
        (Members members, PatientSplit split) = Case(1);
        Predictions one = Combine(method, members, split), again = Combine(method, members, split);
        Assert.All(one.Probabilities.Cast<double>(), value => Assert.InRange(value, 0, 1));
        Assert.Equal(one.Probabilities.Cast<double>(), again.Probabilities.Cast<double>());
    }

    [Theory] // stacking calibrates even a single member, so only its order stays
    [InlineData("mean")]
    [InlineData("logit")]
    [InlineData("dirichlet")]
    public void Combine_IdenticalMembers_ChangesNothing(string method)
    {
        (Members members, PatientSplit split) = Case(2);
        Predictions single = members.Predictions[0];
        Members same = Members.Of(("a", single), ("b", single), ("c", single));
        Predictions combined = Combine(method, same, split);
        Dictionary<string, int> rowOf = single.Images.Select((image, i) => (image, i)).ToDictionary(pair => pair.image, pair => pair.i);
        for (int i = 0; i < combined.Images.Count; i++)
            for (int k = 0; k < Labels.Count; k++) Assert.Equal(single.Probabilities[rowOf[combined.Images[i]], k], combined.Probabilities[i, k], 1e-9);
    }

    [Fact]
    public void MeanProbability_CrossEntropyAndBrier_AreAtMostTheMembersMean()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            (Members members, PatientSplit split) = Case(seed, members: 4);
            Predictions mean = new MeanProbability().Combine(members);
            foreach (Func<double, bool, double> loss in new Func<double, bool, double>[]
                     { (p, y) => -Math.Log(Math.Clamp(y ? p : 1 - p, 1e-12, 1)), (p, y) => Math.Pow(p - (y ? 1 : 0), 2) })
            {
                double Of(Predictions one) => Enumerable.Range(0, Images).Average(i => loss(one.Probabilities[i, 0], Truth(i, 0)));
                Assert.True(Of(mean) <= members.Predictions.Average(Of) + 1e-12);
            }
        }
    }

    [Fact]
    public void MeanRank_MonotoneMapOfAMember_ChangesNothing()
    {
        (Members members, _) = Case(3);
        Predictions one = members.Predictions[0], bent = Mapped(one, p => Math.Pow(p, 5) / 2);
        Predictions a = new MeanRank().Combine(members), b = new MeanRank().Combine(Members.Of(("x", bent), ("y", members.Predictions[1]), ("z", members.Predictions[2])));
        Assert.Equal(a.Probabilities.Cast<double>(), b.Probabilities.Cast<double>());
        // Ties share a rank, and the ranks' mean is a half.
        Predictions tied = new MeanRank().Combine(Members.Of(("x", Mapped(one, _ => 0.3))));
        Assert.All(tied.Probabilities.Cast<double>(), value => Assert.Equal(0.5, value));
    }

    [Fact]
    public void Dirichlet_OnValidation_IsNeverWorseThanAnyMemberOrTheEvenMean()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            (Members members, PatientSplit split) = Case(seed);
            ValidationPart validation = ValidationPart.Of(split, members);
            var fitted = (WeightedMean)new DirichletSearch(draws: 50, seed).Fit(validation);
            Assert.Equal(1, fitted.Weights.Sum(), 1e-12);
            Assert.All(fitted.Weights, weight => Assert.True(weight >= 0));
            double Score(IReadOnlyList<double> weights) => Enumerable.Range(0, 2).Average(k => Auroc.Compute(
                [.. validation.Members.Images.Select((_, i) => validation.Members.Cell(i, k).Zip(weights, (p, w) => p * w).Sum())],
                [.. validation.Members.Images.Select(image => Truth(int.Parse(image, System.Globalization.CultureInfo.InvariantCulture), k))]));
            double best = Score(fitted.Weights);
            Assert.True(best >= Score([1 / 3.0, 1 / 3.0, 1 / 3.0]) - 1e-12);
            for (int m = 0; m < 3; m++) Assert.True(best >= Score([.. Enumerable.Range(0, 3).Select(i => i == m ? 1.0 : 0.0)]) - 1e-12);
        }
    }

    [Fact]
    public void Fitted_OnPatientsItLearnedFrom_RefusesByName()
    {
        (Members members, PatientSplit split) = Case(4);
        foreach (IEnsembleFit fit in EnsembleCatalog.Fitted.Values)
        {
            IEnsemble fitted = fit.Fit(ValidationPart.Of(split, members));
            Assert.Contains("validation part", Assert.Throws<ArgumentException>(() => fitted.Combine(members)).Message, StringComparison.Ordinal);
            Members others = Members.Of(("p", members.Predictions[0]), ("q", members.Predictions[1]), ("r", members.Predictions[2])).Without(ValidationPart.Of(split, members));
            Assert.Contains("fitted on [a, b, c]", Assert.Throws<ArgumentException>(() => fitted.Combine(others)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Stacking_UselessMember_GetsLittleSay()
    {
        (Members members, PatientSplit split) = Case(5);
        Random random = Seed.Random(9);
        Members withNoise = Members.Of(("good", members.Predictions[0]), ("noise", Mapped(members.Predictions[0], _ => random.NextDouble())));
        ValidationPart validation = ValidationPart.Of(split, withNoise);
        Members test = withNoise.Without(validation);
        double Score(Predictions one) => Auroc.Compute(one.Column("Mass"), [.. one.Images.Select(image => Truth(int.Parse(image, System.Globalization.CultureInfo.InvariantCulture), 0))]);
        double stacked = Score(new Stacking().Fit(validation).Combine(test)), mean = Score(new MeanProbability().Combine(test)), alone = Score(test.Predictions[0]);
        Assert.True(stacked > mean && stacked > alone - 0.02, $"stacked {stacked:F3}, mean {mean:F3}, alone {alone:F3}");
    }

    [Fact]
    public void Members_OtherOrder_IsBroughtIntoLine()
    {
        (Members members, _) = Case(6);
        Predictions one = members.Predictions[0];
        int[] turned = [.. Enumerable.Range(0, Images).Reverse()];
        var table = new double[Images, 2];
        for (int i = 0; i < Images; i++) (table[i, 0], table[i, 1]) = (one.Probabilities[turned[i], 1], one.Probabilities[turned[i], 0]);
        var other = new Predictions(new LabelSet("Edema", "Mass"), [.. turned.Select(i => one.Images[i])], [.. turned.Select(i => one.Patients[i])], table);
        Assert.Equal(one.Probabilities.Cast<double>(), Members.Of(("a", one), ("b", other)).Predictions[1].Probabilities.Cast<double>());
    }

    [Fact]
    public void Members_ThatDontBelongTogether_AreNamed()
    {
        Predictions Table(string label, string image, string patient) => new(new LabelSet(label), [image], [patient], new double[,] { { 0.5 } });
        void Refused(Predictions other, string problem) => Assert.Contains(problem, Assert.Throws<ArgumentException>(() => Members.Of(("a", Table("Mass", "1.png", "1")), ("b", other))).Message, StringComparison.Ordinal);
        Refused(Table("Edema", "1.png", "1"), "'Mass' is in one of them only");
        Refused(Table("Mass", "2.png", "1"), "'b' doesn't predict 1.png");
        Refused(Table("Mass", "1.png", "7"), "of patient 1 in 'a' and of 7 in 'b'");
        Refused(new(new LabelSet("Mass"), ["1.png", "2.png"], ["1", "2"], new double[,] { { 0.5 }, { 0.5 } }), "'a' doesn't predict 2.png");
        Assert.Throws<ArgumentException>(() => Members.Of());
        (Members members, PatientSplit split) = Case(7);
        Assert.Throws<ArgumentException>(() => ValidationPart.Of(new PatientSplit("x", split.Train, split.Test.Where(_ => false, "none"), split.Test), members));
    }

    [Fact]
    public void Diversity_ByHand()
    {
        var a = new Predictions(new LabelSet("Mass"), ["1", "2", "3", "4"], ["1", "2", "3", "4"], new double[,] { { 0.9 }, { 0.9 }, { 0.1 }, { 0.1 } });
        var b = new Predictions(new LabelSet("Mass"), ["1", "2", "3", "4"], ["1", "2", "3", "4"], new double[,] { { 0.9 }, { 0.1 }, { 0.9 }, { 0.1 } });
        // Truth 1, 1, 0, unknown: a is right on all three, b on the first only.
        Diversity pair = Assert.Single(Diversity.Of(Members.Of(("a", a), ("b", b)), "Mass", [true, true, false, null]));
        Assert.Equal(2 / 3.0, pair.Disagreement, 1e-12);
        Assert.True(double.IsNaN(pair.Q)); // nothing is wrong in both, and b alone is never right
        Assert.Equal(-0.5, pair.Correlation, 1e-12);
        Assert.Equal(1, Assert.Single(Diversity.Of(Members.Of(("a", b), ("c", b)), "Mass", [true, true, false, false])).Q, 1e-12);
        Assert.Throws<ArgumentException>(() => Diversity.Of(Members.Of(("a", a)), "Mass", [null, null, null, null]));
    }

    [Fact]
    public void Bag_HoldsAboutTwoThirdsOfThePatients_AllTheirImages()
    {
        (_, PatientSplit split) = Case(8);
        PatientSplit bag = Bagging.Bag(split, seed: 3);
        HashSet<string> drawn = [.. bag.Train.Records.Select(record => record.PatientId)];
        Assert.InRange((double)drawn.Count / split.Train.PatientCount, 0.5, 0.76);
        Assert.Equal(split.Train.Records.Count(record => drawn.Contains(record.PatientId)), bag.Train.Count);
        Assert.Equal(bag.Train.Records, Bagging.Bag(split, seed: 3).Train.Records);
        Assert.NotEqual(0, bag.Train.Count);
        Assert.Same(split.Test, bag.Test);
    }

    private static bool Truth(int image, int k) => Seed.Of(77, image, k) % 3 == 0;

    private static Predictions Combine(string method, Members members, PatientSplit split)
    {
        if (EnsembleCatalog.Fixed.TryGetValue(method, out IEnsemble? rule)) return rule.Combine(members);
        ValidationPart validation = ValidationPart.Of(split, members);
        return EnsembleCatalog.Fitted[method].Fit(validation).Combine(members.Without(validation));
    }

    private static Predictions Mapped(Predictions one, Func<double, double> map)
    {
        var table = new double[one.Images.Count, one.Labels.Count];
        for (int i = 0; i < one.Images.Count; i++)
            for (int k = 0; k < one.Labels.Count; k++) table[i, k] = map(one.Probabilities[i, k]);
        return new Predictions(one.Labels, one.Images, one.Patients, table);
    }

    // Members see the truth through noise of their own and a little that they share; patients have two images.
    private static (Members Members, PatientSplit Split) Case(int seed, int members = 3)
    {
        Random random = Seed.Random(seed, members);
        string[] images = [.. Enumerable.Range(0, Images).Select(i => $"{i}")], patients = [.. Enumerable.Range(0, Images).Select(i => $"p{i / 2}")];
        double[] shared = [.. Enumerable.Range(0, Images * 2).Select(_ => 0.5 * random.NextGaussian())];
        var all = new List<(string, Predictions)>();
        for (int m = 0; m < members; m++)
        {
            var table = new double[Images, 2];
            for (int i = 0; i < Images; i++)
                for (int k = 0; k < 2; k++) table[i, k] = 1 / (1 + Math.Exp(-((Truth(i, k) ? 1 : -1) + shared[(2 * i) + k] + ((1 + m) * random.NextGaussian()))));
            all.Add(($"{(char)('a' + m)}", new Predictions(Labels, images, patients, table)));
        }

        var index = new CxrIndex("made", Labels, Enumerable.Range(0, Images).Select(i => new CxrRecord
        {
            ImageId = images[i], PatientId = patients[i], Source = "made", Labels = [.. Enumerable.Range(0, 2).Select(k => Truth(i, k) ? LabelState.Positive : LabelState.Negative)],
        }));
        return (Members.Of([.. all]), index.SplitByPatient(seed, validation: 0.4, test: 0.3));
    }
}
