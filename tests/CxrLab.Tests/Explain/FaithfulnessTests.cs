using System.Text.Json;
using CxrLab.Explain;
using CxrLab.Models;
using CxrLab.Tests.Golden;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CxrLab.Tests.Explain;

public class FaithfulnessTests
{
    private static readonly JsonElement[] Cases = [.. JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "faithfulness.json"))).RootElement.EnumerateArray()];

    public static TheoryData<int> Six => new(Enumerable.Range(0, 6));

    [Theory]
    [MemberData(nameof(Six))]
    public void Checks_TinyGolden_GiveScipysNumbers(int which)
    {
        using var scope = NewDisposeScope();
        using var model = new TinyGolden();
        JsonElement expected = Cases[which];
        Tensor image = GoldenFile.Tensor("tiny", "input")[expected.GetProperty("image").GetInt32()];
        string finding = model.Labels[expected.GetProperty("k").GetInt32()];
        Heatmap map = Cam.Grad(model, image, finding);

        RoadResult road = new Road { Percentiles = [10, 30, 50, 70, 90], Noise = 0 }.Compute(model, image, map);
        Same("most", road.MostRelevant);
        Same("least", road.LeastRelevant);
        Assert.Equal((road.LeastRelevant.Average() - road.MostRelevant.Average()) / 2, road.Combined, 1e-12);

        var curves = new DeletionInsertion { Steps = 8, Start = Baseline.Blur(2) };
        PerturbationCurve deletion = curves.Deletion(model, image, map);
        Same("deletion", deletion.Scores);
        Same("insertion", curves.Insertion(model, image, map).Scores);
        Assert.Equal(expected.GetProperty("deletionArea").GetDouble(), deletion.Area, 1e-5);

        AverageDrop drop = AverageDrop.Compute(model, [(image, map)]);
        Assert.Equal(expected.GetProperty("drop").GetDouble(), drop.Drop, 1e-5);
        Assert.Equal(expected.GetProperty("up").GetInt32(), drop.Increase);
        Assert.Equal(expected.GetProperty("spearman").GetDouble(), RandomisationCheck.RankCorrelation(map, Cam.Layer(model, image, finding)), 1e-6);

        void Same(string key, IReadOnlyList<double> actual)
        {
            double[] numbers = [.. expected.GetProperty(key).EnumerateArray().Select(value => value.GetDouble())];
            Assert.Equal(numbers.Length, actual.Count);
            for (int i = 0; i < numbers.Length; i++) Assert.Equal(numbers[i], actual[i], 1e-5);
        }
    }

    [Fact]
    public void Curves_KnownModel_PreferTheTrueMap()
    {
        using var scope = NewDisposeScope();
        using var model = new WeightedSum(8, 8);
        Tensor image = rand(1, 8, 8, generator: new Generator(3));
        Heatmap truth = Heatmap.From(image[0] * model.Weights, "a"), wrong = Heatmap.From(-(image[0] * model.Weights), "a");
        var curves = new DeletionInsertion { Start = Baseline.Zero };
        Assert.True(curves.Deletion(model, image, truth).Area < curves.Deletion(model, image, wrong).Area);
        Assert.True(curves.Insertion(model, image, truth).Area > curves.Insertion(model, image, wrong).Area);
        // Deleting in one order is inserting in the other, read backwards.
        Assert.Equal(curves.Deletion(model, image, truth).Area, curves.Insertion(model, image, wrong).Area, 1e-5);
        Assert.True(new Road().Compute(model, image, truth).Combined > new Road().Compute(model, image, wrong).Combined);
    }

    [Fact]
    public void Road_Seed_Repeats()
    {
        using var scope = NewDisposeScope();
        using var model = new WeightedSum(8, 8);
        Tensor image = rand(1, 8, 8);
        Heatmap map = Heatmap.From(image[0], "a");
        var road = new Road { Noise = 0.1 };
        Assert.Equal(road.Compute(model, image, map).MostRelevant, road.Compute(model, image, map).MostRelevant);
        Assert.NotEqual(road.Compute(model, image, map).MostRelevant, (road with { Seed = 1 }).Compute(model, image, map).MostRelevant);
    }

    [Fact]
    public void Randomisation_CxrNet_ChangesGradCamAndPutsTheWeightsBack()
    {
        using var scope = NewDisposeScope();
        using CxrModel model = ModelCatalog.Create("cxrnet", new LabelSet("Mass", "Nodule"), seed: 1);
        Tensor image = randn(1, 32, 32, generator: new Generator(2));
        Tensor before = Weights(model);
        IReadOnlyList<RandomisationStep> steps = RandomisationCheck.Run(new GradCam(), model, image, "Mass");
        Assert.True(Close.Same(before, Weights(model)));
        Assert.Equal(("classifier", "features.conv1"), (steps[0].Layer, steps[^1].Layer));
        Assert.InRange(steps[^1].Correlation, -0.9, 0.9);
        Assert.Equal(steps, RandomisationCheck.Run(new GradCam(), model, image, "Mass"));
        // The first component of the features doesn't know the classifier.
        Assert.Equal(1, RandomisationCheck.Run(new EigenCam(), model, image, "Mass")[0].Correlation, 1e-6);

        static Tensor Weights(CxrModel model) => cat([.. model.parameters().Select(parameter => parameter.detach().flatten())], 0);
    }

    [Fact]
    public void Checks_BadInput_SayWhy()
    {
        using var scope = NewDisposeScope();
        using var model = new WeightedSum(8, 8);
        var map = new Heatmap(new float[8, 8], "a");
        Assert.Contains("[2, 1, 8, 8]", Assert.Throws<ArgumentException>(() => new Road().Compute(model, rand(2, 1, 8, 8), map)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Road { Percentiles = [100] }.Compute(model, rand(1, 8, 8), map));
        Assert.Throws<ArgumentException>(() => new DeletionInsertion { Steps = 0 }.Deletion(model, rand(1, 8, 8), map));
        Assert.Throws<ArgumentException>(() => new DeletionInsertion().Deletion(model, rand(1, 8, 8), map with { Finding = "b" }));
        Assert.Throws<ArgumentException>(() => AverageDrop.Compute(model, []));
        Assert.True(double.IsNaN(RandomisationCheck.RankCorrelation(map, map)));
    }

    [Fact]
    public void Checks_ManyTimes_LeakNoTensor()
    {
        using CxrModel model = ModelCatalog.Create("cxrnet", new LabelSet("Mass"), seed: 1);
        using var image = randn(1, 16, 16);
        Heatmap map = Cam.Grad(model, image, "Mass");
        void All()
        {
            new DeletionInsertion { Steps = 4 }.Deletion(model, image, map);
            new DeletionInsertion { Steps = 4 }.Insertion(model, image, map);
            new Road { Percentiles = [50] }.Compute(model, image, map);
            AverageDrop.Compute(model, [(image, map)]);
            RandomisationCheck.Run(new GradCam(), model, image, "Mass");
        }

        All();
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (int i = 0; i < 50; i++) All();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }
}
