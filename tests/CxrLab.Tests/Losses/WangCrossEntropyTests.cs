using CxrLab.Losses;
using Xunit;
using static TorchSharp.torch;

namespace CxrLab.Tests.Losses;

public class WangCrossEntropyTests
{
    [Fact]
    public void Compute_OnePositiveOfFour_GivesThePapersSum()
    {
        // β_P = 4 and β_N = 4/3; computed by hand from the formula.
        using var scope = NewDisposeScope();
        var logits = tensor(new[,] { { .8, .3 }, { .4, .1 } }).logit();
        var targets = tensor(new double[,] { { 1, 0 }, { 0, 0 } });
        Assert.Equal(2.189722316406905, new WangCrossEntropy().Compute(logits, targets).item<double>(), 1e-12);
    }

    [Fact]
    public void Compute_NoPositive_IsFinite()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(4 * Math.Log(2), new WangCrossEntropy().Compute(zeros(2, 2), zeros(2, 2)).item<float>(), 1e-6);
    }
}
