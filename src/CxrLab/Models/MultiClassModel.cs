using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrLab.Models;

/// <summary>
/// A network for U-MultiClass (CheXpert, Irvin et al., AAAI 2019): it learns negative, positive and uncertain of every finding, three logits each, and answers
/// with positive against negative. It keeps the keys of the network inside.
/// </summary>
public sealed class MultiClassModel : CxrModel
{
    private const int Classes = 3;
    private readonly CxrModel backbone;

    /// <param name="backbone">Answers the labels of <see cref="Triple"/>. It becomes part of the new model, which disposes it.</param>
    /// <param name="labels">The K findings.</param>
    /// <exception cref="ArgumentException">The backbone doesn't answer three logits per finding.</exception>
    public MultiClassModel(CxrModel backbone, LabelSet labels) : base($"{backbone.Architecture}-multiclass", labels, backbone.InputChannels)
    {
        if (!backbone.Labels.Equals(Triple(labels)))
            throw new ArgumentException($"U-MultiClass needs a network with the {Classes * labels.Count} answers of MultiClassModel.Triple; this one has {backbone.Labels.Count}.", nameof(backbone));
        (this.backbone, InputRange) = (backbone, backbone.InputRange);
        foreach ((string key, Module module) in backbone.named_children()) register_module(key, module);
    }

    /// <inheritdoc/>
    public override int FeatureChannels => backbone.FeatureChannels;

    /// <summary>The three answers to every finding, in the order that the loss takes them.</summary>
    public static LabelSet Triple(LabelSet labels) => new([.. labels.SelectMany(label => new[] { $"{label}: negative", $"{label}: positive", $"{label}: uncertain" })]);

    /// <inheritdoc/>
    public override Tensor Features(Tensor images) => backbone.Features(images);

    /// <summary>Feature maps → [B, K], z₁ - z₀ of each finding: their sigmoid is p₁ / (p₀ + p₁).</summary>
    public override Tensor Head(Tensor features)
    {
        using var scope = NewDisposeScope();
        return ToLogits(backbone.Head(features)).MoveToOuterDisposeScope();
    }

    /// <summary>Images → all three logits of every finding [B, 3·K].</summary>
    public override Tensor TrainingOutput(Tensor images)
    {
        using var scope = NewDisposeScope();
        CheckInput(images);
        return backbone.Head(backbone.Features(images)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor ToLogits(Tensor output)
    {
        using var scope = NewDisposeScope();
        Tensor classes = output.reshape(output.shape[0], Labels.Count, Classes);     // [B, K, 3]
        return (classes.select(-1, 1) - classes.select(-1, 0)).MoveToOuterDisposeScope();
    }
}
