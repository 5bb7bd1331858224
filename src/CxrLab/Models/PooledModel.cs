using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrLab.Models;

/// <summary>
/// The features of one model under another head. The features keep their keys, so torchvision's weights still fit; the head's begin
/// with <c>head.</c>, and the backbone's own last layer is gone.
/// </summary>
public class PooledModel : CxrModel
{
    private readonly CxrModel backbone;

    private protected PooledModel(CxrModel backbone, PixelHead head, string name) : base($"{backbone.Architecture}-{name}", backbone.Labels, backbone.InputChannels)
    {
        if (backbone.Dimensions != 2)
            throw new ArgumentException($"{backbone.Architecture} makes feature maps of {backbone.Dimensions} dimensions; the pooling heads are for images.", nameof(backbone));
        (this.backbone, PixelHead, InputRange) = (backbone, head, backbone.InputRange);
        (string Name, Module Module)[] last = [.. backbone.LastLayers];
        foreach ((string key, Module module) in backbone.named_children().Except(last)) register_module(key, module);
        register_module("head", head);
        foreach ((_, Module module) in last) module.Dispose();
    }

    /// <summary>Pools the features and scores every pixel.</summary>
    public PixelHead PixelHead { get; }

    /// <inheritdoc/>
    public override int FeatureChannels => PixelHead.Channels;

    /// <summary>Any head of the catalogue on a model's features.</summary>
    /// <param name="backbone">Becomes part of the new model, which disposes it.</param>
    /// <param name="head">One of <see cref="HeadCatalog.Names"/>. A model with <c>avg</c> is also an <see cref="IGapLinear"/>.</param>
    /// <exception cref="ArgumentException">There is no such head, or the backbone is for volumes.</exception>
    public static PooledModel With(CxrModel backbone, string head) => With(backbone, HeadCatalog.Create(head, backbone.FeatureChannels, backbone.Labels.Count), head);

    /// <summary>PCAM pooling on a model's features.</summary>
    /// <param name="backbone">Becomes part of the new model, which disposes it.</param>
    /// <exception cref="ArgumentException">The backbone is for volumes.</exception>
    public static PooledModel WithPcam(CxrModel backbone) => With(backbone, "pcam");

    /// <summary>Log-sum-exp pooling on a model's features.</summary>
    /// <param name="backbone">Becomes part of the new model, which disposes it.</param>
    /// <param name="sharpness">r above 0.</param>
    /// <exception cref="ArgumentException">The backbone is for volumes.</exception>
    public static PooledModel WithLse(CxrModel backbone, double sharpness = 10) =>
        With(backbone, new LseHead(backbone.FeatureChannels, backbone.Labels.Count, sharpness), "lse");

    /// <summary>A head of your own, or one of the catalogue with other settings.</summary>
    /// <param name="backbone">Becomes part of the new model, which disposes it.</param>
    /// <param name="head">For the backbone's channels and labels; becomes part of the new model too.</param>
    /// <param name="name">For <see cref="CxrModel.Architecture"/>.</param>
    /// <exception cref="ArgumentException">The head takes another number of channels, or the backbone is for volumes.</exception>
    public static PooledModel With(CxrModel backbone, PixelHead head, string name)
    {
        if (head.Channels != backbone.FeatureChannels)
            throw new ArgumentException($"The head takes {head.Channels} feature maps, {backbone.Architecture} makes {backbone.FeatureChannels}.", nameof(head));
        return head is AverageHead ? new AveragePooledModel(backbone, head, name) : new PooledModel(backbone, head, name);
    }

    /// <inheritdoc/>
    public override Tensor Features(Tensor images) => backbone.Features(images);

    /// <inheritdoc/>
    public override Tensor Head(Tensor features) => PixelHead.call(features);

    /// <inheritdoc/>
    private protected override IReadOnlyList<(string, Module<Tensor, Tensor>)>? Chain => backbone.FeatureChain;

    private sealed class AveragePooledModel(CxrModel backbone, PixelHead head, string name) : PooledModel(backbone, head, name), IGapLinear
    {
        public Tensor ClassifierWeight => PixelHead.Weight;

        public Tensor ClassifierBias => PixelHead.Bias;
    }
}
