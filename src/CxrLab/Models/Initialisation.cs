using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrLab.Models;

internal static class Initialisation
{
    /// <summary>A new layer without what its initialisers leave behind: TorchSharp's hand out a second handle of each bias they fill, which ends here.</summary>
    internal static T Owned<T>(Func<T> make) where T : Module
    {
        using var scope = NewDisposeScope();
        T layer = make();
        foreach (Tensor kept in layer.state_dict().Values) kept.DetachFromDisposeScope();
        return layer;
    }

    /// <summary>
    /// Draws every convolution from N(0, 2 / fan) (He et al., ICCV 2015). Batch norm begins at weight 1 and bias 0 and linear layers
    /// uniformly, by TorchSharp's own defaults.
    /// </summary>
    internal static void KaimingNormal(Module model, init.FanInOut fan)
    {
        using var scope = NewDisposeScope();
        foreach (Convolution convolution in model.modules().OfType<Convolution>().Where(convolution => !convolution.transposed))
            init.kaiming_normal_(convolution.weight, mode: fan, nonlinearity: init.NonlinearityType.ReLU);
    }
}
