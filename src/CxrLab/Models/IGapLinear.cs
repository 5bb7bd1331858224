using static TorchSharp.torch;

namespace CxrLab.Models;

/// <summary>
/// A model whose <see cref="CxrModel.Head"/> is the mean over all pixels and one linear layer: the class activation map of
/// Zhou et al. (CVPR 2016) then explains its logits exactly.
/// </summary>
public interface IGapLinear
{
    /// <summary>Weights [K, D] from feature d to finding k. The model owns the tensor.</summary>
    Tensor ClassifierWeight { get; }

    /// <summary>Bias [K]. The model owns the tensor.</summary>
    Tensor ClassifierBias { get; }
}
