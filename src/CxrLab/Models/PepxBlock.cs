using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrLab.Models;

/// <summary>
/// Projection, expansion, projection, extension (COVID-Net, Wang, Lin and Wong, Sci Rep 2020): 1×1 to n/2 channels, 1×1 to 3n/4, a 3×3
/// convolution within each channel, 1×1 to n/2 and 1×1 to the output. [B, n, h, w] → [B, O, h, w].
/// </summary>
public sealed class PepxBlock : Module<Tensor, Tensor>, IFoldable
{
    private readonly TorchSharp.Modules.Sequential steps;

    /// <param name="channels">n.</param>
    /// <param name="outputs">O.</param>
    public PepxBlock(int channels, int outputs) : base(nameof(PepxBlock))
    {
        int narrow = channels / 2, wide = 3 * channels / 4;
        steps = Sequential(
            ("project1", (Module<Tensor, Tensor>)Conv2d(channels, narrow, 1, bias: false)),
            ("norm1", new SafeBatchNorm(narrow)),
            ("expand", Conv2d(narrow, wide, 1, bias: false)),
            ("norm2", new SafeBatchNorm(wide)),
            ("relu2", ReLU()),
            ("depthwise", Conv2d(wide, wide, 3, padding: 1, groups: wide, bias: false)),
            ("norm3", new SafeBatchNorm(wide)),
            ("relu3", ReLU()),
            ("project2", Conv2d(wide, narrow, 1, bias: false)),
            ("norm4", new SafeBatchNorm(narrow)),
            ("extend", Conv2d(narrow, outputs, 1, bias: false)),
            ("norm5", new SafeBatchNorm(outputs)));
        register_module("steps", steps);
    }

    Module<Tensor, Tensor> IFoldable.Folded() => BatchNormFolding.Fold(steps);

    /// <summary>[B, n, h, w] → [B, O, h, w].</summary>
    public override Tensor forward(Tensor input) => steps.call(input);
}

/// <summary>
/// Blocks of one width with long-range shortcuts: each reads the sum of all outputs before it in the stage and of the stage's input
/// through a 1×1 convolution. [B, C, h, w] → [B, O, h, w].
/// </summary>
internal sealed class PepxStage : Module<Tensor, Tensor>, IFoldable
{
    private readonly Module<Tensor, Tensor> shortcut;
    private readonly Module<Tensor, Tensor>[] blocks;

    internal PepxStage(int channels, int outputs, int count) : this(
        Sequential(("conv", (Module<Tensor, Tensor>)Conv2d(channels, outputs, 1, bias: false)), ("norm", new SafeBatchNorm(outputs))),
        [.. Enumerable.Range(0, count).Select(_ => new PepxBlock(outputs, outputs))])
    {
    }

    private PepxStage(Module<Tensor, Tensor> shortcut, Module<Tensor, Tensor>[] blocks) : base(nameof(PepxStage))
    {
        (this.shortcut, this.blocks) = (shortcut, blocks);
        register_module("shortcut", shortcut);
        for (int i = 0; i < blocks.Length; i++) register_module($"pepx{i + 1}", blocks[i]);
    }

    public Module<Tensor, Tensor> Folded() => new PepxStage(BatchNormFolding.Fold(shortcut), [.. blocks.Select(BatchNormFolding.Fold)]);

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        Tensor sum = shortcut.call(input);                                               // [B, O, h, w]
        foreach (Module<Tensor, Tensor> block in blocks) sum = sum + block.call(functional.relu(sum));
        return functional.relu(sum).MoveToOuterDisposeScope();
    }
}
