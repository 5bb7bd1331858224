using CxrLab.Models;
using static TorchSharp.torch;

namespace CxrLab.Explain;

/// <summary>The image argument of the checks.</summary>
internal static class OneImage
{
    /// <returns>[1, C, H, W].</returns>
    internal static Tensor Of(CxrModel model, Tensor image)
    {
        Tensor one = (image.dim() == 3 ? image.unsqueeze(0) : image).detach();
        return one.dim() == 4 && one.shape[0] == 1 && one.shape[1] == model.InputChannels
            ? one
            : throw new ArgumentException($"A map is checked on one image [{model.InputChannels}, H, W]; got [{string.Join(", ", image.shape)}].", nameof(image));
    }
}
