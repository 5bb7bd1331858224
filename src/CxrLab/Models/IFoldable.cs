using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrLab.Models;

/// <summary>A block that can make itself anew with its batch norms folded into the convolutions before them.</summary>
internal interface IFoldable
{
    /// <summary>The same function in evaluation mode; what isn't folded is shared with this block.</summary>
    Module<Tensor, Tensor> Folded();
}
