using CxrLab.Models;
using static TorchSharp.torch;

namespace CxrLab.Explain;

/// <summary>Class activation maps: which places of the last feature maps speak for a finding.</summary>
public static class Cam
{
    private static readonly Dictionary<string, Func<CxrModel, Tensor, string, Heatmap>> ByName = new(StringComparer.Ordinal)
    {
        ["grad-cam"] = Grad,
        ["cam"] = Zhou,
    };

    /// <summary>Names for <see cref="Compute"/>.</summary>
    public static IReadOnlyCollection<string> Methods => ByName.Keys;

    /// <summary>A method by its name.</summary>
    /// <exception cref="ArgumentException">There is no such method.</exception>
    public static Heatmap Compute(string method, CxrModel model, Tensor image, string finding) => ByName.TryGetValue(method, out Func<CxrModel, Tensor, string, Heatmap>? compute)
        ? compute(model, image, finding)
        : throw new ArgumentException($"There is no method '{method}'; there are: {string.Join(", ", Methods)}.", nameof(method));

    /// <summary>
    /// CAM (Zhou et al., CVPR 2016): <c>M(i, j) = Σₖ wₖ fₖ(i, j)</c>. Its mean over the map plus the bias is exactly the logit.
    /// </summary>
    /// <param name="model">With global average pooling and one linear layer.</param>
    /// <param name="image">[C, H, W] or [1, C, H, W], normalised as in training.</param>
    /// <param name="finding">One of the model's findings.</param>
    /// <returns>Raw and signed, at feature resolution.</returns>
    /// <exception cref="ArgumentException">The model has another head, more than one image was given, or the finding is unknown.</exception>
    public static Heatmap Zhou(CxrModel model, Tensor image, string finding)
    {
        if (model is not IGapLinear head)
            throw new ArgumentException($"CAM needs global average pooling and one linear layer; {model.Architecture} has another head. Use Grad-CAM.", nameof(model));
        int k = model.Labels.IndexOf(finding);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        Tensor features = FeaturesOf(model, image)[0];                       // [D, h, w]
        Tensor weights = head.ClassifierWeight[k].reshape(-1, 1, 1);         // [D, 1, 1]
        return ToHeatmap(finding, (weights * features).sum(0));
    }

    /// <summary>
    /// Grad-CAM (Selvaraju et al., ICCV 2017) without its final ReLU: <c>Σₖ αₖ fₖ(i, j)</c>, αₖ the mean gradient of the logit by fₖ.
    /// Only the head is differentiated; the model's own gradients stay untouched.
    /// </summary>
    /// <param name="model">Any model of the library.</param>
    /// <param name="image">[C, H, W] or [1, C, H, W], normalised as in training.</param>
    /// <param name="finding">One of the model's findings.</param>
    /// <returns>Raw and signed, at feature resolution.</returns>
    /// <exception cref="ArgumentException">More than one image was given, or the finding is unknown.</exception>
    public static Heatmap Grad(CxrModel model, Tensor image, string finding)
    {
        int k = model.Labels.IndexOf(finding);
        using var scope = NewDisposeScope();
        using var _ = enable_grad();
        Tensor features = FeaturesOf(model, image).detach().requires_grad_();  // [1, D, h, w]
        bool training = model.training;
        model.eval();
        Tensor score = model.Head(features)[0, k];
        if (training) model.train();
        if (!score.requires_grad) throw new ArgumentException($"The logit of {finding} doesn't depend on the features of {model.Architecture}; there is nothing to explain.", nameof(model));
        // Not autograd.grad: it ends the whole process when the graph is broken. Naming the input keeps the weights' gradients out.
        autograd.backward([score], inputs: [features]);
        Tensor gradient = features.grad ?? throw new ArgumentException($"The logit of {finding} doesn't depend on the features of {model.Architecture}; there is nothing to explain.", nameof(model));
        Tensor alpha = gradient.mean([2, 3], keepdim: true);                   // [1, D, 1, 1]
        return ToHeatmap(finding, (alpha * features).sum(1)[0].detach());
    }

    private static Tensor FeaturesOf(CxrModel model, Tensor image)
    {
        Tensor batch = image.dim() == 3 ? image.unsqueeze(0) : image;
        if (batch.dim() != 4 || batch.shape[0] != 1)
            throw new ArgumentException($"One image at a time is explained, [C, H, W] or [1, C, H, W]; got [{string.Join(", ", image.shape)}].", nameof(image));
        bool training = model.training;
        model.eval(); // with batch statistics the map would depend on the company an image is in
        try
        {
            using var _ = no_grad();
            Tensor weight = model.parameters().First();
            return model.Features(batch.to(weight.device));
        }
        finally
        {
            if (training) model.train();
        }
    }

    private static Heatmap ToHeatmap(string finding, Tensor map)
    {
        (long height, long width) = (map.shape[0], map.shape[1]);
        float[] flat = map.to(float32).cpu().contiguous().data<float>().ToArray();
        var values = new float[height, width];
        Buffer.BlockCopy(flat, 0, values, 0, flat.Length * sizeof(float));
        return new Heatmap(finding, values);
    }
}
