using CxrLab.Explain;
using CxrLab.Models;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CxrLab.Tests.Explain;

/// <summary>Explanations leave no tensor, no gradient and no memory behind. Alone in the process: its memory is measured.</summary>
[Collection(nameof(GlobalGenerator))]
public class ExplanationMemoryTests
{
    private const int WarmUp = 100, Times = 400;
    private const double Limit = 20; // MB
    private static readonly LabelSet Two = new("Mass", "Nodule");

    public static TheoryData<string> Names => new(ExplanationCatalog.Names);

    [Theory]
    [MemberData(nameof(Names))]
    public void Explain_FiveHundredTimes_LeaksNothing(string name)
    {
        using CxrModel model = Suited.Model(name, Two);
        Explanation method = Suited.Method(name);
        using var images = randn(2, 1, 16, 16);
        method.Explain(model, images, Target.Each(2, Two));
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Explain(WarmUp);

        double growth = ProcessMemory.GrowthOf(() => Explain(Times), Limit);

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.All(model.parameters(), parameter => Assert.Null(parameter.grad));
        Assert.True(growth <= Limit, $"{name} grew in every round of {Times} explanations, by {growth:F1} MB in the last.");

        void Explain(int times)
        {
            for (int i = 0; i < times; i++) method.Explain(model, images, [new(i % 2, "Nodule")]);
        }
    }
}
