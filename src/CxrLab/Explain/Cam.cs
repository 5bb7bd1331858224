using CxrLab.Models;
using static TorchSharp.torch;

namespace CxrLab.Explain;

/// <summary>
/// Which pixels of the last feature maps speak for a finding, in one line: the methods of <see cref="ExplanationCatalog"/> with their
/// default settings on one image. All return the raw signed map.
/// </summary>
public static class Cam
{
    /// <summary>The names that <see cref="Compute"/> knows.</summary>
    public static IReadOnlyList<string> Methods => ExplanationCatalog.Names;

    /// <summary>A map by the method's name, for configurations and the command line.</summary>
    /// <param name="method">One of <see cref="Methods"/>.</param>
    /// <param name="model">A model that suits the method.</param>
    /// <param name="image">[C, H, W] or [1, C, H, W], prepared as for the model, on the model's device.</param>
    /// <param name="finding">One of the model's labels.</param>
    /// <exception cref="ArgumentException">The method is unknown (the message lists those known), or as the method itself.</exception>
    public static Heatmap Compute(string method, CxrModel model, Tensor image, string finding) => ExplanationCatalog.ByName(method).Explain(model, image, finding);

    /// <summary><see cref="GradCam"/>: any model.</summary>
    /// <inheritdoc cref="Explanation.Explain(CxrModel, Tensor, string)"/>
    public static Heatmap Grad(CxrModel model, Tensor image, string finding) => new GradCam().Explain(model, image, finding);

    /// <summary><see cref="ClassActivationMap"/>: models that end in a mean over pixels and a linear layer.</summary>
    /// <inheritdoc cref="Explanation.Explain(CxrModel, Tensor, string)"/>
    public static Heatmap Zhou(CxrModel model, Tensor image, string finding) => new ClassActivationMap().Explain(model, image, finding);

    /// <summary><see cref="GradCamPlusPlus"/>: any model.</summary>
    /// <inheritdoc cref="Explanation.Explain(CxrModel, Tensor, string)"/>
    public static Heatmap GradPlusPlus(CxrModel model, Tensor image, string finding) => new GradCamPlusPlus().Explain(model, image, finding);

    /// <summary><see cref="HiResCam"/>: any model.</summary>
    /// <inheritdoc cref="Explanation.Explain(CxrModel, Tensor, string)"/>
    public static Heatmap HiRes(CxrModel model, Tensor image, string finding) => new HiResCam().Explain(model, image, finding);

    /// <summary><see cref="XGradCam"/>: any model.</summary>
    /// <inheritdoc cref="Explanation.Explain(CxrModel, Tensor, string)"/>
    public static Heatmap XGrad(CxrModel model, Tensor image, string finding) => new XGradCam().Explain(model, image, finding);

    /// <summary><see cref="LayerCam"/>: any model.</summary>
    /// <inheritdoc cref="Explanation.Explain(CxrModel, Tensor, string)"/>
    public static Heatmap Layer(CxrModel model, Tensor image, string finding) => new LayerCam().Explain(model, image, finding);

    /// <summary><see cref="EigenCam"/>: any model; the same map for all findings.</summary>
    /// <inheritdoc cref="Explanation.Explain(CxrModel, Tensor, string)"/>
    public static Heatmap Eigen(CxrModel model, Tensor image, string finding) => new EigenCam().Explain(model, image, finding);

    /// <summary><see cref="ScoreCam"/>: any model; one forward pass per channel.</summary>
    /// <inheritdoc cref="Explanation.Explain(CxrModel, Tensor, string)"/>
    public static Heatmap Score(CxrModel model, Tensor image, string finding) => new ScoreCam().Explain(model, image, finding);

    /// <summary><see cref="AblationCam"/>: any model.</summary>
    /// <inheritdoc cref="Explanation.Explain(CxrModel, Tensor, string)"/>
    public static Heatmap Ablation(CxrModel model, Tensor image, string finding) => new AblationCam().Explain(model, image, finding);

    /// <summary><see cref="PcamMap"/>: models with PCAM pooling.</summary>
    /// <inheritdoc cref="Explanation.Explain(CxrModel, Tensor, string)"/>
    public static Heatmap Pcam(CxrModel model, Tensor image, string finding) => new PcamMap().Explain(model, image, finding);

    /// <summary><see cref="LseMap"/>: models with log-sum-exp pooling.</summary>
    /// <inheritdoc cref="Explanation.Explain(CxrModel, Tensor, string)"/>
    public static Heatmap Lse(CxrModel model, Tensor image, string finding) => new LseMap().Explain(model, image, finding);
}
