namespace CxrLab.Explain;

/// <summary>One of several boxes.</summary>
public static class BoxList
{
    /// <summary>The box with the largest area; of equal ones the first.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static Box Largest(this IEnumerable<Box> boxes) =>
        boxes.Select(box => (Box?)box).MaxBy(box => box!.Value.Area) ?? throw new InvalidOperationException("The heat map gave no box, so there is no largest one; look at its evidence first.");
}
