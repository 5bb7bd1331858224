using static TorchSharp.torch;

namespace CxrLab.Models;

/// <summary>A model whose head is global average pooling and one linear layer: the condition for class activation maps.</summary>
public interface IGapLinear
{
    /// <summary>[K, D].</summary>
    Tensor ClassifierWeight { get; }

    /// <summary>[K].</summary>
    Tensor ClassifierBias { get; }
}
