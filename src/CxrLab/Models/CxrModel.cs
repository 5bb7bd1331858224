using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrLab.Models;

/// <summary>
/// A classifier in two halves: images [B, C, H, W] → <see cref="Features"/> [B, D, h, w] → <see cref="Head"/> → logits [B, K].
/// Explanations and transfer learning work on the seam, so no model needs hooks.
/// </summary>
public abstract class CxrModel : Module<Tensor, Tensor>
{
    /// <param name="name">Registry name of the architecture, such as <c>densenet121</c>.</param>
    /// <param name="labels">Findings; logit k belongs to label k.</param>
    /// <param name="inputChannels">1 for grey images, 3 for checkpoints trained on colour photographs.</param>
    protected CxrModel(string name, LabelSet labels, int inputChannels) : base(name) =>
        (Architecture, Labels, InputChannels) = (name, labels, inputChannels);

    /// <summary>Registry name of the architecture.</summary>
    public string Architecture { get; }

    /// <summary>Findings; logit k belongs to label k.</summary>
    public LabelSet Labels { get; }

    /// <summary>1 or 3.</summary>
    public int InputChannels { get; }

    /// <summary>Images [B, C, H, W] → the last feature maps [B, D, h, w], after their final activation.</summary>
    public abstract Tensor Features(Tensor images);

    /// <summary>Feature maps [B, D, h, w] → logits [B, K].</summary>
    public abstract Tensor Head(Tensor features);

    /// <summary>What the loss sees: the logits, unless the model learns more than it answers (<see cref="MultiClassModel"/>).</summary>
    public virtual Tensor TrainingOutput(Tensor images) => call(images);

    /// <summary><see cref="TrainingOutput"/> → logits [B, K].</summary>
    public virtual Tensor ToLogits(Tensor output) => output;

    /// <summary>Images [B, C, H, W] → logits [B, K]; apply the sigmoid for probabilities.</summary>
    public override Tensor forward(Tensor images)
    {
        using var scope = NewDisposeScope();
        return Head(Features(images)).MoveToOuterDisposeScope();
    }
}
