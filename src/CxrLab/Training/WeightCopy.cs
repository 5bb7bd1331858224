using static TorchSharp.torch;

namespace CxrLab.Training;

/// <summary>
/// A copy of a model's weights and buffers. A state dictionary alone won't do: it refers to the live tensors, so "the best
/// weights" would silently become the last ones.
/// </summary>
internal sealed class WeightCopy : IDisposable
{
    private readonly Dictionary<string, Tensor> tensors = [];

    internal WeightCopy(nn.Module model)
    {
        using var _ = no_grad();
        foreach ((string key, Tensor tensor) in model.state_dict()) tensors[key] = tensor.clone().DetachFromDisposeScope();
    }

    /// <summary>Key → copy.</summary>
    internal IReadOnlyDictionary<string, Tensor> Tensors => tensors;

    internal void CopyFrom(nn.Module model)
    {
        using var _ = no_grad();
        foreach ((string key, Tensor tensor) in model.state_dict()) tensors[key].copy_(tensor);
    }

    internal void CopyTo(nn.Module model)
    {
        using var _ = no_grad();
        foreach ((string key, Tensor tensor) in model.state_dict()) tensor.copy_(tensors[key]);
    }

    public void Dispose()
    {
        foreach (Tensor tensor in tensors.Values) tensor.Dispose();
        tensors.Clear();
    }
}
