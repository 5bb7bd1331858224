using CxrLab.Losses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CxrLab.Tests.Losses;

/// <summary>What holds for every loss.</summary>
public class EveryLossTests
{
    public static TheoryData<string> Names => [.. LossCase.All.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Compute_Gradient_IsTheFiniteDifference(string name)
    {
        using var scope = NewDisposeScope();
        LossCase of = LossCase.All[name];
        foreach (nn.Reduction reduction in new[] { nn.Reduction.Mean, nn.Reduction.Sum })
        {
            ILoss loss = of.Make(reduction);
            Tensor x = of.RandomPredictions().requires_grad_(true), y = of.RandomTargets(), valid = of.SomeValid();
            loss.Compute(x, y, valid).backward();
            double[] gradient = x.grad!.flatten().data<double>().ToArray(), at = x.detach().flatten().data<double>().ToArray();
            double scale = Math.Max(1, gradient.Max(Math.Abs));
            for (int i = 0; i < at.Length; i++)
            {
                const double Step = 1e-5;
                double Value(double change)
                {
                    using var one = NewDisposeScope();
                    double[] moved = [.. at];
                    moved[i] += change;
                    return loss.Compute(tensor(moved).reshape(of.Predictions), y, valid).item<double>();
                }

                Assert.Equal((Value(Step) - Value(-Step)) / (2 * Step), gradient[i], 1e-7 * scale);
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Compute_NaNInUnknownCells_AddsExactlyZeroToValueAndGradient(string name)
    {
        using var scope = NewDisposeScope();
        LossCase of = LossCase.All[name];
        Tensor valid = of.SomeValid(), x = of.RandomPredictions(), y = of.RandomTargets();
        Tensor unknownX = Spread(valid.eq(0), of.Predictions), unknownY = Spread(valid.eq(0), of.Targets);
        Tensor clean = x.clone().requires_grad_(true), dirty = x.masked_fill(unknownX, double.NaN).requires_grad_(true);
        Tensor cells = of.Make(nn.Reduction.None).Compute(clean, y, valid);
        Tensor soiled = of.Make(nn.Reduction.None).Compute(dirty, y.masked_fill(unknownY, double.NaN), valid);
        Assert.Equal(of.Valid, cells.shape);
        Assert.True(Close.Same(cells, soiled));
        Assert.Equal(0, cells[valid.eq(0)].abs().max().item<double>());
        soiled.sum().backward();
        Assert.Equal(0, dirty.grad![unknownX].abs().max().item<double>());
        Assert.False(dirty.grad.isnan().any().item<bool>());
    }

    [Theory, MemberData(nameof(Names))]
    public void Compute_Reductions_AgreeWithTheCells(string name)
    {
        using var scope = NewDisposeScope();
        LossCase of = LossCase.All[name];
        Tensor x = of.RandomPredictions(), y = of.RandomTargets(), valid = of.SomeValid();
        double cells = of.Make(nn.Reduction.None).Compute(x, y, valid).sum().item<double>();
        Assert.True(cells > 0);
        Assert.Equal(cells, of.Make(nn.Reduction.Sum).Compute(x, y, valid).item<double>(), 1e-10);
        Assert.Equal(cells / valid.sum().item<double>(), of.Make(nn.Reduction.Mean).Compute(x, y, valid).item<double>(), 1e-10);
        Assert.Equal(of.Make(nn.Reduction.Mean).Compute(x, y, ones(of.Valid)).item<double>(), of.Make(nn.Reduction.Mean).Compute(x, y).item<double>(), 1e-12);
    }

    [Theory, MemberData(nameof(Names))]
    public void Compute_NothingKnown_IsZeroWithZeroGradient(string name)
    {
        using var scope = NewDisposeScope();
        LossCase of = LossCase.All[name];
        foreach (nn.Reduction reduction in Enum.GetValues<nn.Reduction>())
        {
            Tensor x = full(of.Predictions, double.NaN, ScalarType.Float64).requires_grad_(true);
            Tensor value = of.Make(reduction).Compute(x, full(of.Targets, double.NaN, ScalarType.Float64), zeros(of.Valid));
            value.sum().backward();
            Assert.Equal(0, value.abs().max().item<double>());
            Assert.Equal(0, x.grad!.abs().max().item<double>());
        }
    }

    // Single precision has 7 digits; what float64 says of the same numbers must come out up to a few of the last.
    [Theory, MemberData(nameof(Names))]
    public void Compute_LogitsUpTo100InSinglePrecision_AgreeWithDouble(string name)
    {
        using var scope = NewDisposeScope();
        LossCase of = LossCase.All[name];
        Tensor wide = of.RandomPredictions();
        wide = wide / wide.abs().max() * 100;
        wide = wide.to_type(ScalarType.Float32).to_type(ScalarType.Float64).requires_grad_(true);
        Tensor single = wide.detach().to_type(ScalarType.Float32).requires_grad_(true), y = of.RandomTargets(), valid = of.SomeValid();
        Tensor expected = of.Make(nn.Reduction.None).Compute(wide, y, valid), found = of.Make(nn.Reduction.None).Compute(single, y.to_type(ScalarType.Float32), valid);
        Assert.Equal(ScalarType.Float32, found.dtype);
        Close.AssertRelative(expected, found, 1e-5, name);
        expected.sum().backward();
        found.sum().backward();
        Close.AssertRelative(wide.grad!, single.grad!, 1e-4, name + " gradient");
    }

    [Theory, MemberData(nameof(Names))]
    public void Compute_ManyTimes_LeavesNoTensorBehind(string name)
    {
        using var scope = NewDisposeScope();
        LossCase of = LossCase.All[name];
        ILoss loss = of.Make(nn.Reduction.Mean);
        Tensor x = of.RandomPredictions().requires_grad_(true), y = of.RandomTargets(), valid = of.SomeValid();
        loss.Compute(x, y, valid).Dispose();
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (int i = 0; i < 3; i++)
        {
            using Tensor value = loss.Compute(x, y, valid);
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Theory, MemberData(nameof(Names))]
    public void Compute_OtherShapes_NamesThem(string name)
    {
        using var scope = NewDisposeScope();
        LossCase of = LossCase.All[name];
        Tensor x = of.RandomPredictions();
        Assert.Contains("[", Assert.ThrowsAny<ArgumentException>(() => of.Make(nn.Reduction.Mean).Compute(x, zeros(7, 2, 1, 5, dtype: ScalarType.Float64))).Message, StringComparison.Ordinal);
        Assert.Contains("[7", Assert.ThrowsAny<ArgumentException>(() => of.Make(nn.Reduction.Mean).Compute(x, of.RandomTargets(), zeros(7))).Message, StringComparison.Ordinal);
    }

    // A mask of cells over a tensor with more dimensions (patches, classes) or flattened ones.
    private static Tensor Spread(Tensor mask, long[] shape)
    {
        if (mask.numel() * 3 == shape.Aggregate((a, b) => a * b) && shape.Length == mask.dim()) return mask.repeat_interleave(3, 1); // [B, 3·K]
        while (mask.dim() < shape.Length) mask = mask.unsqueeze(-1);
        return mask.expand(shape);
    }
}
