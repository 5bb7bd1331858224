namespace CxrLab.Data;

/// <summary>A mask image: bright pixels belong to the structure (see <see cref="LungMask.Threshold"/>).</summary>
/// <param name="Structure">What is marked: <c>lungs</c>, <c>left lung</c>, <c>right lung</c>; left is the patient's left, right in the image.</param>
/// <param name="Path">The file.</param>
public sealed record MaskFile(string Structure, string Path);
