using CxrLab.Models;
using static TorchSharp.torch;

namespace CxrLab.Explain;

/// <summary>
/// Eigen-CAM (Muhammad and Yeasin, IJCNN 2020): the activations of all pixels along their first principal component, after the mean of
/// each channel is taken away. It shows what stands out, whatever the finding: all findings of an image have the same map.
/// </summary>
public sealed record EigenCam : Explanation
{
    /// <inheritdoc/>
    public override string Name => "eigen-cam";

    /// <summary>A layer as in <c>named_modules</c>; null for the model's features.</summary>
    public string? Layer { get; init; }

    /// <summary>
    /// A component has no sign of its own. True turns it towards the mean activation, so that strongly activated pixels are above 0;
    /// false leaves it as the singular value decomposition has it, as pytorch-grad-cam does.
    /// </summary>
    public bool TowardsActivation { get; init; }

    /// <inheritdoc/>
    protected override Tensor Maps(CxrModel model, Tensor images, IReadOnlyList<Target> targets)
    {
        using var noGradients = no_grad();
        using var tap = new ActivationTap(model, Layer);
        Tensor activations = tap.Activations(images);                                     // [B, D, h, w]
        return ByImage(model, targets, image =>
        {
            Tensor one = Component(activations[image]);                                   // [h, w]
            return one.expand(model.Labels.Count, -1, -1);
        });
    }

    private Tensor Component(Tensor activations)
    {
        Tensor pixels = activations.flatten(1).t();                                       // [hw, D]
        Tensor centred = pixels - pixels.mean([0], keepdim: true);                        // [hw, D]
        (_, _, Tensor directions) = linalg.svd(centred, fullMatrices: false);             // [min(hw, D), D]
        Tensor along = centred.matmul(directions[0]);                                     // [hw]
        if (TowardsActivation && (along * pixels.mean([1])).sum().item<float>() < 0) along = -along;
        return along.reshape(activations.shape[1], activations.shape[2]);
    }
}
