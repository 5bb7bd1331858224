using CxrLab.Models;
using static TorchSharp.torch;

namespace CxrLab.Explain;

/// <summary>
/// Average drop and increase (Chattopadhay et al., WACV 2018): the image is shown through its own map, cut at 0 and stretched to [0, 1],
/// and the probability of the finding compared with that of the whole image.
/// </summary>
/// <param name="Drop">Mean of max(0, whole - shown) / whole, in [0, 1]; low is good.</param>
/// <param name="Increase">Share of images whose probability rises, in [0, 1]; high is good.</param>
/// <param name="Count">Number of maps.</param>
public sealed record AverageDrop(double Drop, double Increase, int Count)
{
    /// <summary>Over any number of images and their maps.</summary>
    /// <param name="model">Any model.</param>
    /// <param name="cases">Images [C, H, W] or [1, C, H, W], prepared as for the model, each with a map of one of the model's findings.</param>
    /// <param name="hidden">What stands where the map is 0; null means <see cref="Baseline.Zero"/>.</param>
    /// <exception cref="ArgumentException">There is no case, or an image is a batch.</exception>
    public static AverageDrop Compute(CxrModel model, IEnumerable<(Tensor Image, Heatmap Map)> cases, Baseline? hidden = null)
    {
        double drop = 0;
        int rises = 0, count = 0;
        using var mode = new EvalMode(model);
        using var noGradients = no_grad();
        foreach ((Tensor image, Heatmap map) in cases)
        {
            using var scope = NewDisposeScope();
            Tensor one = OneImage.Of(model, image);                                       // [1, C, H, W]
            Tensor mask = tensor(PixelOrder.InSizeOf(one, map).ReluMinMax().Values).reshape(1, 1, one.shape[2], one.shape[3]).to(one.dtype).to(one.device);
            Tensor shown = Perturbed.Masked(one, (hidden ?? Baseline.Zero).For(one), mask);
            Tensor scores = model.call(cat([one, shown], 0)).select(1, model.Labels.IndexOf(map.Finding)).sigmoid().to_type(ScalarType.Float64);
            double whole = scores[0].item<double>(), through = scores[1].item<double>();
            drop += Math.Max(0, whole - through) / whole;
            if (through > whole) rises++;
            count++;
        }

        return count > 0 ? new(drop / count, (double)rises / count, count) : throw new ArgumentException("There is no map to check.", nameof(cases));
    }
}
