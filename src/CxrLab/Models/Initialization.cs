using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace CxrLab.Models;

/// <summary>torchvision's initial weights; batch norms start at 1 and 0 by themselves.</summary>
internal static class Initialization
{
    /// <summary>Convolutions by He's rule over the inputs, the classifier's bias 0.</summary>
    internal static void DenseNet(CxrModel model, Linear classifier)
    {
        foreach (Conv2d conv in model.modules().OfType<Conv2d>()) init.kaiming_normal_(conv.weight!);
        init.zeros_(classifier.bias!);
    }

    /// <summary>Convolutions by He's rule over the outputs (He et al., ICCV 2015).</summary>
    internal static void ResNet(CxrModel model)
    {
        foreach (Conv2d conv in model.modules().OfType<Conv2d>())
            init.kaiming_normal_(conv.weight!, mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.ReLU);
    }
}
