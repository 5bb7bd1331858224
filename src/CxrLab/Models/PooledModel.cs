using static TorchSharp.torch;

namespace CxrLab.Models;

/// <summary>
/// The features of one model under another head. Keys are those of the model after <c>backbone.</c> and of the head after <c>head.</c>;
/// the backbone's own last layer stays unused.
/// </summary>
public sealed class PooledModel : CxrModel
{
    private readonly CxrModel backbone;
    private readonly PixelHead head;

    private PooledModel(CxrModel backbone, PixelHead head, string name) : base($"{backbone.Architecture}-{name}", backbone.Labels, backbone.InputChannels)
    {
        (this.backbone, this.head) = (backbone, head);
        RegisterComponents();
    }

    /// <summary>Pools the features and scores every pixel.</summary>
    public PixelHead PixelHead => head;

    /// <summary>PCAM pooling on a model's features.</summary>
    /// <param name="backbone">Becomes part of the new model, which disposes it.</param>
    /// <exception cref="ArgumentException">The backbone doesn't say how many channels its features have.</exception>
    public static PooledModel WithPcam(CxrModel backbone) => new(backbone, new PcamHead(ChannelsOf(backbone), backbone.Labels.Count), "pcam");

    /// <summary>Log-sum-exp pooling on a model's features.</summary>
    /// <param name="backbone">Becomes part of the new model, which disposes it.</param>
    /// <param name="sharpness">r above 0.</param>
    /// <exception cref="ArgumentException">The backbone doesn't say how many channels its features have.</exception>
    public static PooledModel WithLse(CxrModel backbone, double sharpness = 10) =>
        new(backbone, new LseHead(ChannelsOf(backbone), backbone.Labels.Count, sharpness), "lse");

    /// <inheritdoc/>
    public override Tensor Features(Tensor images) => backbone.Features(images);

    /// <inheritdoc/>
    public override Tensor Head(Tensor features) => head.call(features);

    private static int ChannelsOf(CxrModel backbone) => backbone is IGapLinear last
        ? (int)last.ClassifierWeight.shape[1]
        : throw new ArgumentException($"{backbone.Architecture} doesn't end in a mean over pixels and a linear layer, so its number of feature channels isn't known.", nameof(backbone));
}
