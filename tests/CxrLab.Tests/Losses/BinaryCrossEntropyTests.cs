using CxrLab.Losses;
using Xunit;
using static TorchSharp.torch;

namespace CxrLab.Tests.Losses;

public class BinaryCrossEntropyTests
{
    [Fact]
    public void Compute_CheXNetExample_GivesThePapersWeighting()
    {
        // w₊ = 3/4 and w₋ = 1/4 of one positive and three negatives; computed by hand from the formula.
        using var scope = NewDisposeScope();
        var logits = tensor(new[] { 0.8, 0.3, 0.4, 0.1 }).logit().reshape(4, 1);
        var targets = tensor(new[] { 1.0, 0, 0, 0 }).reshape(4, 1);
        Assert.Equal(.10264323358157366, BinaryCrossEntropy.CheXNet([1], [3]).Compute(logits, targets).item<double>(), 1e-12);
    }

    [Fact]
    public void Compute_PlainFarFromZero_IsTorchsLoss()
    {
        using var scope = NewDisposeScope();
        var logits = randn(6, 5) * 40;
        var targets = rand(6, 5);
        Close.Assert(nn.functional.binary_cross_entropy_with_logits(logits, targets), new BinaryCrossEntropy().Compute(logits, targets), 1e-5);
    }

    [Fact]
    public void Compute_NaNInMaskedCells_AddsExactlyZero()
    {
        using var scope = NewDisposeScope();
        var logits = randn(2, 3).requires_grad_(true);
        var targets = tensor(new[] { 1, float.NaN, 0, float.NaN, 1, 0 }).reshape(2, 3);
        var valid = tensor(new float[] { 1, 0, 1, 0, 1, 1 }).reshape(2, 3);
        foreach (ILoss loss in new ILoss[] { new BinaryCrossEntropy(), new WangCrossEntropy() })
        {
            var masked = loss.Compute(logits, targets, valid);
            var known = loss.Compute(logits[valid.ne(0)], targets[valid.ne(0)]);
            Assert.Equal(known.item<float>(), masked.item<float>(), 1e-6f);
            logits.grad?.zero_();
            masked.backward();
            Assert.Equal(0, logits.grad![0, 1].item<float>());
            Assert.Equal(0, logits.grad![1, 0].item<float>());
            Assert.False(logits.grad.isnan().any().item<bool>());
        }
    }

    [Fact]
    public void Compute_NoValidCell_IsZeroWithZeroGradient()
    {
        using var scope = NewDisposeScope();
        foreach (ILoss loss in new ILoss[] { new BinaryCrossEntropy([2, 2], [1, 1]), new WangCrossEntropy() })
        {
            var logits = randn(3, 2).requires_grad_(true);
            var value = loss.Compute(logits, full([3, 2], float.NaN), zeros(3, 2));
            value.backward();
            Assert.Equal(0, value.item<float>());
            Assert.Equal(0, logits.grad!.abs().max().item<float>());
        }
    }

    [Fact]
    public void Compute_Gradient_IsTheFiniteDifference()
    {
        using var scope = NewDisposeScope();
        foreach (ILoss loss in new ILoss[] { new BinaryCrossEntropy([.75, 2], [.25, .5]), new WangCrossEntropy() })
        {
            var logits = randn(3, 2, dtype: ScalarType.Float64).requires_grad_(true);
            var targets = tensor(new double[] { 1, 0, 0, 1, 0, 0 }).reshape(3, 2);
            var valid = tensor(new double[] { 1, 1, 0, 1, 1, 1 }).reshape(3, 2);
            loss.Compute(logits, targets, valid).backward();
            for (int i = 0; i < 6; i++)
            {
                var step = zeros(6, dtype: ScalarType.Float64);
                step[i] = 1e-6;
                var up = loss.Compute(logits.detach() + step.reshape(3, 2), targets, valid).item<double>();
                var down = loss.Compute(logits.detach() - step.reshape(3, 2), targets, valid).item<double>();
                Assert.Equal((up - down) / 2e-6, logits.grad!.flatten()[i].item<double>(), 1e-7);
            }
        }
    }

    [Fact]
    public void Compute_OtherShapes_NamesBoth()
    {
        using var scope = NewDisposeScope();
        string message = Assert.Throws<ArgumentException>(() => new BinaryCrossEntropy().Compute(zeros(2, 3), zeros(2, 1))).Message;
        Assert.Contains("[2, 3]", message, StringComparison.Ordinal);
        Assert.Contains("[2, 1]", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new BinaryCrossEntropy([1, 2]).Compute(zeros(2, 3), zeros(2, 3)));
        Assert.Throws<ArgumentException>(() => BinaryCrossEntropy.CheXNet([0], [0]));
    }
}
