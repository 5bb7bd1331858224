using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrLab.Models;

/// <summary>
/// A trained model made quicker for prediction: batch norms that follow a convolution are folded into it, all of them in a ResNet and
/// one of two in a DenseNet, whose other norms stand behind a concatenation. The logits are those of the model in evaluation mode
/// but for rounding. It has no batch statistics left, so train the model before and not this one.
/// </summary>
public sealed class FoldedModel : CxrModel
{
    private readonly CxrModel original;
    private readonly TorchSharp.Modules.Sequential body;

    private FoldedModel(CxrModel original) : base($"{original.Architecture}-folded", original.Labels, original.InputChannels)
    {
        this.original = original;
        InputRange = original.InputRange;
        original.eval();
        body = Sequential(BatchNormFolding.Fold(original.FeatureChain));
        register_module("features", body);
        foreach ((string name, Module module) in original.LastLayers) register_module(name, module);
        eval();
    }

    /// <summary>Batch norms that are left, because no convolution stands right before them.</summary>
    public int RemainingNorms => modules().OfType<TorchSharp.Modules.BatchNorm>().Count();

    /// <inheritdoc/>
    public override int Dimensions => original.Dimensions;

    /// <inheritdoc/>
    public override int FeatureChannels => original.FeatureChannels;

    /// <summary>Folds a model's batch norms.</summary>
    /// <param name="model">A trained model, put into evaluation mode. Becomes part of the new one, which disposes it.</param>
    /// <exception cref="ArgumentException">The model isn't one of CxrLab's.</exception>
    public static FoldedModel Of(CxrModel model) => new(model);

    /// <inheritdoc/>
    public override Tensor Features(Tensor images) => body.call(images);

    /// <inheritdoc/>
    public override Tensor Head(Tensor features) => original.Head(features);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) original.Dispose();
        base.Dispose(disposing);
    }
}
