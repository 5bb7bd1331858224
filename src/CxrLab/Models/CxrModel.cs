using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrLab.Models;

/// <summary>
/// A classifier in two halves: images [B, C, H, W] → <see cref="Features"/> [B, D, h, w] → <see cref="Head"/> → logits [B, K].
/// Explanations and transfer learning work on the seam, so no model needs hooks.
/// </summary>
public abstract class CxrModel : Module<Tensor, Tensor>
{
    private readonly InputGuard guard = new();

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

    /// <summary>2 for images [B, C, H, W], 3 for volumes [B, C, D, H, W].</summary>
    public virtual int Dimensions => 2;

    /// <summary>D, the number of feature maps.</summary>
    /// <exception cref="NotSupportedException">The model doesn't say.</exception>
    public virtual int FeatureChannels => this is IGapLinear last
        ? (int)last.ClassifierWeight.shape[1]
        : throw new NotSupportedException($"{Architecture} doesn't say how many channels its features have; let it override {nameof(FeatureChannels)}.");

    /// <summary>
    /// The pixel values that the weights were trained on; null where nobody said. Images that can't be of this range make a warning
    /// once, or an error where <see cref="StrictInput"/> is set: a network that is shown another range answers nonsense and says nothing.
    /// </summary>
    public InputRange? InputRange { get => guard.Range; set => guard.Range = value; }

    /// <summary>Whether images of another range are an <see cref="ArgumentException"/> instead of a warning.</summary>
    public bool StrictInput { get => guard.Strict; set => guard.Strict = value; }

    /// <summary>Where the warning goes; the error stream if nothing else is set.</summary>
    public Action<string> InputWarning { get => guard.Warning; set => guard.Warning = value; }

    /// <summary>Images [B, C, H, W] → the last feature maps [B, D, h, w], after their final activation.</summary>
    public abstract Tensor Features(Tensor images);

    /// <summary>Feature maps [B, D, h, w] → logits [B, K].</summary>
    public abstract Tensor Head(Tensor features);

    /// <summary>What the loss sees: the logits, unless the model learns more than it answers (<see cref="MultiClassModel"/>).</summary>
    public virtual Tensor TrainingOutput(Tensor images) => call(images);

    /// <summary><see cref="TrainingOutput"/> → logits [B, K].</summary>
    public virtual Tensor ToLogits(Tensor output) => output;

    /// <summary>Images [B, C, H, W] → logits [B, K]; apply the sigmoid for probabilities.</summary>
    /// <exception cref="ArgumentException">The images have another number of dimensions or channels, or another range in strict mode.</exception>
    public override Tensor forward(Tensor images)
    {
        using var scope = NewDisposeScope();
        CheckInput(images);
        return Head(Features(images)).MoveToOuterDisposeScope();
    }

    /// <summary>The layers of <see cref="Features"/> in their order.</summary>
    /// <exception cref="ArgumentException">The features aren't a plain chain of layers.</exception>
    internal IReadOnlyList<(string Name, Module<Tensor, Tensor> Module)> FeatureChain =>
        Chain ?? throw new ArgumentException($"{Architecture} doesn't say of which layers its features are made, so its batch norms can't be folded.");

    /// <summary>The children that only <see cref="Head"/> uses.</summary>
    internal IEnumerable<(string Name, Module Module)> LastLayers => named_children().Where(child => WeightsMatch.IsHead(child.name + "."));

    /// <summary>What <see cref="FeatureChain"/> hands on; null where the features branch.</summary>
    private protected virtual IReadOnlyList<(string, Module<Tensor, Tensor>)>? Chain => null;

    /// <summary>Checks what <see cref="forward"/> is given, for those who call <see cref="Features"/> themselves.</summary>
    internal void CheckInput(Tensor images)
    {
        if (images.dim() != Dimensions + 2 || images.shape[1] != InputChannels)
            throw new ArgumentException($"{Architecture} takes {(Dimensions == 2 ? "images" : "volumes")} [B, {InputChannels}, {(Dimensions == 2 ? "H, W" : "D, H, W")}]; got [{string.Join(", ", images.shape)}].", nameof(images));
        guard.Check(Architecture, images);
    }
}
