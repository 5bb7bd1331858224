using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrLab.Models;

/// <summary>
/// In evaluation mode batch norm is a scale and a shift per channel, and a convolution right before it can do both:
/// <c>γ (W x + b - μ) / √(σ² + ε) + β = (W s) x + (b - μ) s + β</c> with <c>s = γ / √(σ² + ε)</c>.
/// </summary>
internal static class BatchNormFolding
{
    /// <summary>A chain of modules with every pair of convolution and norm made one convolution; chains inside it are folded too.</summary>
    internal static IReadOnlyList<(string Name, Module<Tensor, Tensor> Module)> Fold(IReadOnlyList<(string Name, Module<Tensor, Tensor> Module)> chain)
    {
        var folded = new List<(string, Module<Tensor, Tensor>)>();
        for (int i = 0; i < chain.Count; i++)
        {
            (string name, Module<Tensor, Tensor> module) = chain[i];
            if (module is Convolution { transposed: false } convolution && i + 1 < chain.Count && chain[i + 1].Module is BatchNorm norm)
            {
                folded.Add((name, Merge(convolution, norm)));
                i++;
            }
            else
            {
                folded.Add((name, Fold(module)));
            }
        }

        return folded;
    }

    /// <summary>A module with its batch norms folded; itself where there is nothing to fold.</summary>
    internal static Module<Tensor, Tensor> Fold(Module<Tensor, Tensor> module) => module switch
    {
        IFoldable block => block.Folded(),
        Sequential sequence => Sequential(Fold([.. sequence.named_children().Select(child => (child.name, (Module<Tensor, Tensor>)child.module))])),
        _ => module,
    };

    private static Convolution Merge(Convolution convolution, BatchNorm norm)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        // Once per model, so in float64: the folded network then differs from the other by rounding only.
        static Tensor Wide(Tensor? tensor) => tensor!.to_type(ScalarType.Float64);
        var scale = Wide(norm.weight) / (Wide(norm.running_var) + tensor(norm.eps, device: norm.weight.device)).sqrt();  // [O]
        var bias = convolution.bias is null ? zeros_like(scale) : Wide(convolution.bias);                                // [O]
        var weight = Wide(convolution.weight) * scale.reshape([-1, .. Enumerable.Repeat(1L, (int)convolution.weight.dim() - 1)]); // [O, C/groups, k, k]
        Convolution merged = Like(convolution);
        merged.to(convolution.weight.device, convolution.weight.dtype);
        merged.weight.copy_(weight);
        merged.bias!.copy_(((bias - Wide(norm.running_mean)) * scale) + Wide(norm.bias));
        return merged;
    }

    private static Convolution Like(Convolution c)
    {
        if (c is Conv2d)
            return Conv2d(c.in_channels, c.out_channels, (c.kernel_size[0], c.kernel_size[1]), (c.stride[0], c.stride[1]), (c.padding![0], c.padding[1]), (c.dilation[0], c.dilation[1]), groups: c.groups);
        return Conv3d(c.in_channels, c.out_channels, (c.kernel_size[0], c.kernel_size[1], c.kernel_size[2]), (c.stride[0], c.stride[1], c.stride[2]),
            (c.padding![0], c.padding[1], c.padding[2]), (c.dilation[0], c.dilation[1], c.dilation[2]), groups: c.groups);
    }
}
