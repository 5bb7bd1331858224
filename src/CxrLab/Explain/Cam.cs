using CxrLab.Models;
using static TorchSharp.torch;

namespace CxrLab.Explain;

/// <summary>
/// Class activation maps: which pixels of the last feature maps speak for a finding. All return the raw signed map in the
/// features' resolution. They work under <c>no_grad</c>, run the model in evaluation mode and put its mode back, and leave the
/// parameters' gradients alone.
/// </summary>
public static class Cam
{
    private static readonly Dictionary<string, Func<CxrModel, Tensor, string, Heatmap>> Known = new(StringComparer.Ordinal)
    {
        ["grad-cam"] = Grad,
        ["cam"] = Zhou,
    };

    /// <summary>The names that <see cref="Compute"/> knows.</summary>
    public static IReadOnlyList<string> Methods { get; } = [.. Known.Keys];

    /// <summary>A map by the method's name, for configurations and the command line.</summary>
    /// <exception cref="ArgumentException">The method is unknown (the message lists those known), or as the method itself.</exception>
    public static Heatmap Compute(string method, CxrModel model, Tensor image, string finding) =>
        Known.TryGetValue(method, out Func<CxrModel, Tensor, string, Heatmap>? compute)
            ? compute(model, image, finding)
            : throw new ArgumentException($"There is no explanation '{method}'; CxrLab has: {string.Join(", ", Methods)}.", nameof(method));

    /// <summary>
    /// Grad-CAM (Selvaraju et al., ICCV 2017) without its final ReLU: <c>Σ_d α_d f_d</c>, where α_d is the mean over pixels of
    /// ∂logit/∂f_d. The gradient is of the logit: through the sigmoid it would vanish where the model is sure.
    /// </summary>
    /// <param name="model">Any model.</param>
    /// <param name="image">[C, H, W] or [1, C, H, W], prepared as for the model, on the model's device.</param>
    /// <param name="finding">One of the model's labels.</param>
    /// <returns>Raw signed map [h, w].</returns>
    /// <exception cref="ArgumentException">The finding is unknown, the image is a batch, or the model is unsuitable.</exception>
    public static Heatmap Grad(CxrModel model, Tensor image, string finding)
    {
        int k = model.Labels.IndexOf(finding);
        using var scope = NewDisposeScope();
        using var mode = new EvalMode(model);
        var features = FeaturesOf(model, image);                                          // [1, D, h, w]
        using var gradients = enable_grad();
        var leaf = features.detach().requires_grad_(true);                                // [1, D, h, w]
        var logit = model.Head(leaf)[0, k];                                               // []
        // With `inputs`, backward leaves the parameters' gradients as they are.
        if (logit.requires_grad) autograd.backward([logit], inputs: [leaf]);
        using Tensor? slope = leaf.grad;                                                  // [1, D, h, w]
        if (slope is null)
            throw new ArgumentException($"The logits of {model.Architecture} don't depend on its features by a gradient, so Grad-CAM can't explain them.", nameof(model));
        var weights = slope.mean([2, 3], keepdim: true);                                  // [1, D, 1, 1]
        return Heatmap.From((weights * leaf).sum(dim: 1)[0], finding);
    }

    /// <summary>
    /// The class activation map of Zhou et al. (CVPR 2016): <c>Σ_d w_kd f_d</c> with the weights of the last layer. Its mean plus the
    /// bias is the logit, so the map splits the logit among the pixels without rest.
    /// </summary>
    /// <param name="model">A model that ends in a mean over pixels and a linear layer (<see cref="IGapLinear"/>).</param>
    /// <param name="image">[C, H, W] or [1, C, H, W], prepared as for the model, on the model's device.</param>
    /// <param name="finding">One of the model's labels.</param>
    /// <returns>Raw signed map [h, w].</returns>
    /// <exception cref="ArgumentException">The finding is unknown, the image is a batch, or the model doesn't end like that.</exception>
    public static Heatmap Zhou(CxrModel model, Tensor image, string finding)
    {
        if (model is not IGapLinear last)
            throw new ArgumentException($"{model.Architecture} doesn't end in a mean over pixels and a linear layer, so it has no class activation map; use Cam.Grad.", nameof(model));
        int k = model.Labels.IndexOf(finding);
        using var scope = NewDisposeScope();
        using var mode = new EvalMode(model);
        var features = FeaturesOf(model, image)[0];                                       // [D, h, w]
        var weights = last.ClassifierWeight.detach()[k].reshape(-1, 1, 1);                // [D, 1, 1]
        return Heatmap.From((weights * features).sum(dim: 0), finding);
    }

    private static Tensor FeaturesOf(CxrModel model, Tensor image)
    {
        bool one = image.dim() == 3 || (image.dim() == 4 && image.shape[0] == 1);
        if (!one || image.shape[^3] != model.InputChannels)
            throw new ArgumentException($"A map explains one image [{model.InputChannels}, H, W]; got [{string.Join(", ", image.shape)}].", nameof(image));
        using var noGradients = no_grad();
        Tensor features = model.Features(image.dim() == 3 ? image.unsqueeze(0) : image);  // [1, D, h, w]
        return features.dim() == 4
            ? features
            : throw new ArgumentException($"The features of {model.Architecture} are [{string.Join(", ", features.shape)}]; a map needs [1, D, h, w].", nameof(model));
    }
}
