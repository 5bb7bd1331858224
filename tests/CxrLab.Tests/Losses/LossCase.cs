using CxrLab.Losses;
using static TorchSharp.torch;

namespace CxrLab.Tests.Losses;

/// <summary>A loss with inputs that exercise it: random, seeded, float64.</summary>
/// <param name="Make">The loss with a reduction.</param>
/// <param name="Predictions">Shape of the predictions.</param>
/// <param name="Targets">Shape of the targets.</param>
/// <param name="Valid">Shape of the mask, and of the values without reduction unless <paramref name="Joins"/> says otherwise.</param>
/// <param name="Classes">0: targets are 0 or 1; 1: any number; more: whole numbers below it.</param>
/// <param name="Joins">Dimensions of the mask over which a loss of areas makes one value.</param>
internal sealed record LossCase(Func<nn.Reduction, ILoss> Make, long[] Predictions, long[] Targets, long[] Valid, int Classes = 0, long[]? Joins = null)
{
    private static readonly long[] Cells = [4, 3], Maps = [4, 3, 2, 3];

    /// <summary>Every loss, in every form that computes on another path.</summary>
    internal static IReadOnlyDictionary<string, LossCase> All { get; } = new Dictionary<string, LossCase>
    {
        ["bce"] = OfCells(r => new BinaryCrossEntropy { Reduction = r }),
        ["bce of maps"] = new(r => new BinaryCrossEntropy { Reduction = r }, Maps, Maps, Maps),
        ["chexnet"] = OfCells(r => new BinaryCrossEntropy([.75, 2, .1], [.25, .5, .9]) { Reduction = r }),
        ["wang"] = OfCells(r => new WangCrossEntropy { Reduction = r }),
        ["balanced"] = OfCells(r => new BatchBalancedCrossEntropy { Reduction = r }),
        ["focal"] = OfCells(r => new FocalLoss { Reduction = r }),
        ["focal 0.5"] = OfCells(r => new FocalLoss(.5, null) { Reduction = r }),
        ["asymmetric"] = OfCells(r => new AsymmetricLoss { Reduction = r }),
        ["asymmetric without clip"] = OfCells(r => new AsymmetricLoss(.5, 0, 0) { Reduction = r }),
        ["u-multiclass"] = new(r => new UncertainMultiClass { Reduction = r }, [4, 9], Cells, Cells, 3),
        ["mil"] = new(r => new MilLoss { Reduction = r }, Maps, Cells, Cells),
        ["mil with floor"] = new(r => new MilLoss(Floor: .98) { Reduction = r }, Maps, Cells, Cells),
        ["mil with boxes"] = new(r => new WithBoxes(new MilLoss { Reduction = r }), Maps, Cells, Cells),
        ["mil with boxes, floor"] = new(r => new WithBoxes(new MilLoss(Floor: .9) { Reduction = r }), Maps, Cells, Cells),
        ["mil with boxes, pixels"] = new(r => new WithBoxes(new MilLoss(Term: BoxTerm.PixelCrossEntropy) { Reduction = r }), Maps, Cells, Cells),
        ["boxes"] = new(r => new BoxCrossEntropy { Reduction = r }, Maps, Maps, Cells),
        ["boxes, mean"] = new(r => new BoxCrossEntropy(true) { Reduction = r }, Maps, Maps, Cells),
        ["squared"] = OfCells(r => new MeanSquaredError { Reduction = r }, 1),
        ["absolute"] = OfCells(r => new MeanAbsoluteError { Reduction = r }, 1),
        ["huber"] = OfCells(r => new HuberLoss(.7) { Reduction = r }, 1),
        ["coral"] = new(r => new CoralLoss(5) { Reduction = r }, [4, 3, 4], Cells, Cells, 5),
        ["cumulative link"] = OfCells(r => new CumulativeLinkLoss(tensor(new[] { -1.5, -.2, .4, 2 }).DetachFromDisposeScope()) { Reduction = r }, 5),
        ["perceptual"] = new(r => new PerceptualLoss(Features) { Reduction = r }, [4, 1, 3, 3], [4, 1, 3, 3], [4], 1),
        ["perceptual, root"] = new(r => new PerceptualLoss(Features) { Reduction = r, Squared = false }, [4, 1, 3, 3], [4, 1, 3, 3], [4], 1),
        ["consistency"] = new(r => new ConsistencyLoss { Reduction = r }, Maps, Maps, Maps, 1, [1, 2, 3]),
        ["dice, squared"] = OfAreas(r => new DiceLoss { Reduction = r }),
        ["dice, plain"] = OfAreas(r => new DiceLoss(false) { Reduction = r }),
        ["dice of the batch"] = OfAreas(r => new DiceLoss { Reduction = r, Batch = true }, [0, 2, 3]),
        ["dice, two constants"] = OfAreas(r => new DiceLoss(false) { Reduction = r, SmoothNumerator = .3, SmoothDenominator = .7 }),
        ["dice, no constants"] = OfAreas(r => new DiceLoss { Reduction = r, SmoothNumerator = 0, SmoothDenominator = 0 }),
        ["dice, softmax"] = OfAreas(r => new DiceLoss { Reduction = r, Activation = Activation.Softmax }),
        ["dice of volumes"] = new(r => new DiceLoss { Reduction = r }, [4, 3, 2, 1, 3], [4, 3, 2, 1, 3], [4, 3, 2, 1, 3], 0, [2, 3, 4]),
        ["jaccard"] = OfAreas(r => new JaccardLoss { Reduction = r }),
        ["jaccard, squared, of the batch"] = OfAreas(r => new JaccardLoss(true) { Reduction = r, Batch = true }, [0, 2, 3]),
        ["tversky"] = OfAreas(r => new TverskyLoss { Reduction = r }),
        ["generalised dice"] = OfAreas(r => new GeneralisedDiceLoss { Reduction = r }, [1, 2, 3]),
        ["generalised dice, simple, of the batch"] = OfAreas(r => new GeneralisedDiceLoss(ChannelWeight.Simple) { Reduction = r, Batch = true }, [0, 1, 2, 3]),
        ["generalised dice, uniform"] = OfAreas(r => new GeneralisedDiceLoss(ChannelWeight.Uniform) { Reduction = r }, [1, 2, 3]),
        ["bce and dice"] = OfAreas(r => new BceDiceLoss(.7, 1.3) { Reduction = r }),
        ["bce and dice of the batch"] = OfAreas(r => new BceDiceLoss { Reduction = r, Dice = new DiceLoss(false) { Batch = true } }, [0, 2, 3]),
    };

    /// <summary>1 where a value without reduction rests on something known, else 0.</summary>
    internal Tensor Known(Tensor valid) => Joins is null ? valid : valid.amax(Joins);

    internal Tensor RandomPredictions(double scale = 1.5) => tensor(Draw(Predictions, random => scale * Gauss(random), 1)).reshape(Predictions);

    internal Tensor RandomTargets() => tensor(Draw(Targets, random => Classes switch { 0 => random.Next(2), 1 => 2 * Gauss(random), _ => random.Next(Classes) }, 2)).reshape(Targets);

    /// <summary>Some cells unknown, the first of them always.</summary>
    internal Tensor SomeValid()
    {
        double[] valid = Draw(Valid, random => random.Next(3) > 0 ? 1 : 0, 3);
        (valid[0], valid[^1]) = (0, 1);
        Tensor mask = tensor(valid).reshape(Valid);
        if (Joins is null) return mask;
        // An image and a channel of which nothing is known, so that a joined value has nothing to rest on.
        mask[0] = 0;
        if (!Joins.Contains(1)) mask.select(1, 0).zero_();
        return mask;
    }

    private static LossCase OfCells(Func<nn.Reduction, ILoss> make, int classes = 0) => new(make, Cells, Cells, Cells, classes);

    private static LossCase OfAreas(Func<nn.Reduction, ILoss> make, long[]? joins = null) => new(make, Maps, Maps, Maps, 0, joins ?? [2, 3]);

    private static double[] Draw(long[] shape, Func<Random, double> one, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, (int)shape.Aggregate((a, b) => a * b)).Select(_ => one(random))];
    }

    private static double Gauss(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    // A small network with fixed numbers: tanh of a shifted sum, which has a gradient everywhere.
    private static Tensor Features(Tensor images) => cat([images.tanh(), (images * images.flip([-1])).tanh()], 1);

    private sealed class WithBoxes(MilLoss loss) : ILoss
    {
        public Tensor Compute(Tensor predictions, Tensor targets, Tensor? valid = null)
        {
            using var scope = NewDisposeScope();
            var boxes = zeros_like(predictions);
            boxes[TensorIndex.Colon, TensorIndex.Colon, TensorIndex.Colon, TensorIndex.Slice(1, 3)] = 1;
            var has = zeros_like(targets);
            has[TensorIndex.Colon, 1] = 1;
            boxes[TensorIndex.Colon, 0] = double.NaN;                                // no box: its numbers don't matter
            return loss.Compute(predictions, targets, boxes, has, valid).MoveToOuterDisposeScope();
        }
    }
}
