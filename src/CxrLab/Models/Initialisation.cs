using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace CxrLab.Models;

internal static class Initialisation
{
    /// <summary>
    /// Draws every convolution from N(0, 2 / fan) (He et al., ICCV 2015). Batch norm begins at weight 1 and bias 0 and linear layers
    /// uniformly, by TorchSharp's own defaults.
    /// </summary>
    internal static void KaimingNormal(Module model, init.FanInOut fan)
    {
        foreach (Convolution convolution in model.modules().OfType<Convolution>().Where(convolution => !convolution.transposed))
            init.kaiming_normal_(convolution.weight, mode: fan, nonlinearity: init.NonlinearityType.ReLU);
    }
}
