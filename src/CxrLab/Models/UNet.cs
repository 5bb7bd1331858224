using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrLab.Models;

/// <summary>
/// U-Net (Ronneberger et al., MICCAI 2015) with same padding and batch norm: images [B, C, H, W] → one logit per structure and pixel [B, K, H, W].
/// Any size of at least 2^(levels - 1) pixels a side is right: where an odd side was halved, the way up repeats the edge.
/// </summary>
/// <remarks>Keys: <c>down1.conv1, down1.bn1, …</c> from the finest level to the coarsest; <c>up1.up, up1.block.conv1, …</c> from the coarsest; <c>head</c>.</remarks>
public sealed class UNet : CxrModel
{
    /// <summary>The default widths: 16, 32, 64, 128. The paper's are 64, 128, 256, 512, 1024.</summary>
    public static IReadOnlyList<int> DefaultWidths { get; } = [16, 32, 64, 128];

    private readonly ConvBlock[] down;
    private readonly UpBlock[] up;
    private readonly MaxPool2d pool;
    private readonly Conv2d head;

    /// <param name="structures">What is to be outlined, such as lungs; logit map k belongs to name k.</param>
    /// <param name="inputChannels">1 or 3.</param>
    /// <param name="widths">Channels of each level from the finest; null means <see cref="DefaultWidths"/>.</param>
    /// <exception cref="ArgumentException">There are fewer than two levels, or a width isn't positive.</exception>
    public UNet(LabelSet structures, int inputChannels = 1, IReadOnlyList<int>? widths = null) : base("unet", structures, inputChannels)
    {
        Widths = [.. widths ?? DefaultWidths];
        if (Widths.Count < 2 || Widths.Any(width => width < 1))
            throw new ArgumentException($"A U-Net needs at least two levels of one channel or more; got [{string.Join(", ", Widths)}].", nameof(widths));
        using var scope = NewDisposeScope(); // initialisers hand out second handles of the weights, which end here
        down = [.. Widths.Select((width, level) => new ConvBlock(level == 0 ? inputChannels : Widths[level - 1], width))];
        up = [.. Widths.Reverse().Skip(1).Zip(Widths.Reverse(), (width, below) => new UpBlock(below, width))];
        pool = MaxPool2d(2);
        head = Conv2d(Widths[0], structures.Count, 1);
        for (int i = 0; i < down.Length; i++) register_module($"down{i + 1}", down[i]);
        for (int i = 0; i < up.Length; i++) register_module($"up{i + 1}", up[i]);
        register_module("head", head);
        Initialisation.KaimingNormal(this, init.FanInOut.FanIn);
        foreach (Tensor kept in state_dict().Values) kept.DetachFromDisposeScope();
    }

    /// <summary>Channels of each level from the finest.</summary>
    public IReadOnlyList<int> Widths { get; }

    /// <summary>Images [B, C, H, W] → the finest maps of the way up [B, D, H, W].</summary>
    /// <exception cref="ArgumentException">The image is too small to be halved at every level.</exception>
    public override Tensor Features(Tensor images)
    {
        using var scope = NewDisposeScope();
        var skips = new Stack<Tensor>();
        Tensor maps = Encode(images, skips);                                     // [B, D, H/2ⁿ, W/2ⁿ]
        foreach (UpBlock step in up) maps = step.call(maps, skips.Pop());
        return maps.MoveToOuterDisposeScope();
    }

    /// <summary>Images [B, C, H, W] → the coarsest maps, where the way down ends: the place for a second head that answers for the whole image.</summary>
    public Tensor Bottleneck(Tensor images)
    {
        using var scope = NewDisposeScope();
        return Encode(images, []).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor Head(Tensor features) => head.call(features);         // [B, K, H, W]

    private Tensor Encode(Tensor images, Stack<Tensor> skips)
    {
        long least = 1L << (down.Length - 1);
        if (images.dim() != 4 || images.shape[2] < least || images.shape[3] < least)
            throw new ArgumentException($"A U-Net of {down.Length} levels takes images [B, C, H, W] of at least {least} × {least} pixels; got [{string.Join(", ", images.shape)}].", nameof(images));
        Tensor maps = images;
        for (int level = 0; level < down.Length; level++)
        {
            if (level > 0)
            {
                skips.Push(maps);
                maps = pool.call(maps);                                          // [B, D, h/2, w/2]
            }

            maps = down[level].call(maps);
        }

        return maps;
    }
}
