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
        Tensor unknown = of.Known(valid).eq(0);
        Assert.Equal(unknown.shape, cells.shape);
        Assert.True(Close.Same(cells, soiled));
        Assert.Equal(0, where(unknown, cells, zeros_like(cells)).abs().max().item<double>());
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
        Assert.Equal(cells / of.Known(valid).sum().item<double>(), of.Make(nn.Reduction.Mean).Compute(x, y, valid).item<double>(), 1e-10);
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
        // Of areas with all pixels sure the gradient is a small rest of large sums.
        Close.AssertRelative(wide.grad!, single.grad!, of.Joins is null ? 1e-4 : 1e-3, name + " gradient");
    }

    [Theory, MemberData(nameof(Names))]
    public void Compute_LogitsOfTenThousand_StayFiniteWithFiniteGradient(string name)
    {
        using var scope = NewDisposeScope();
        LossCase of = LossCase.All[name];
        foreach (ScalarType type in new[] { ScalarType.Float32, ScalarType.Float64 })
            foreach (double far in new[] { 1e4, -1e4 })
                foreach (Tensor extreme in new[] { full_like(of.RandomPredictions(), far), of.RandomPredictions().sign() * far })
                {
                    Tensor x = extreme.to_type(type).requires_grad_(true), y = of.RandomTargets();
                    Tensor value = of.Make(nn.Reduction.Mean).Compute(x, y, of.SomeValid());
                    value.backward();
                    Assert.Equal(type, value.dtype);
                    Assert.Equal(type, x.grad!.dtype);
                    Assert.True(value.isfinite().item<bool>(), $"{value.to_type(ScalarType.Float64).item<double>()} at {far}");
                    Assert.True(x.grad.isfinite().all().item<bool>(), $"gradient at {far}");
                }
    }

    // Which values an unknown cell holds can't matter: not only NaN (which is looked for) but any other number.
    [Theory, MemberData(nameof(Names))]
    public void Compute_OtherNumbersInUnknownCells_ChangeNothing(string name)
    {
        using var scope = NewDisposeScope();
        LossCase of = LossCase.All[name];
        Tensor valid = of.SomeValid(), x = of.RandomPredictions(), y = of.RandomTargets();
        Tensor unknownX = Spread(valid.eq(0), of.Predictions), unknownY = Spread(valid.eq(0), of.Targets);
        foreach (double other in new[] { 0, 1, -7, double.PositiveInfinity })
        {
            Tensor a = x.clone().requires_grad_(true), b = x.masked_fill(unknownX, other).requires_grad_(true);
            Tensor one = of.Make(nn.Reduction.Mean).Compute(a, y, valid), two = of.Make(nn.Reduction.Mean).Compute(b, y.masked_fill(unknownY, other), valid);
            one.backward();
            two.backward();
            Assert.Equal(one.item<double>(), two.item<double>());
            Assert.True(Close.Same(a.grad!, b.grad!));
        }
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
