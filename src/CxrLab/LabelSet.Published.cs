namespace CxrLab;

public sealed partial class LabelSet
{
    /// <summary>The 8 findings of NIH ChestX-ray8 in the order of the paper's tables (Wang et al., CVPR 2017).</summary>
    public static LabelSet Nih8 { get; } = new(
        Finding.Atelectasis, Finding.Cardiomegaly, Finding.Effusion, Finding.Infiltration, Finding.Mass, Finding.Nodule,
        Finding.Pneumonia, Finding.Pneumothorax);

    /// <summary>
    /// The 14 columns of CheXpert's <c>train.csv</c> in its order, "No Finding" among them (Irvin et al., AAAI 2019). The labeler's
    /// own order is another one, so tables are read by name.
    /// </summary>
    public static LabelSet CheXpert14 { get; } = new(
        Finding.NoFinding, "Enlarged Cardiomediastinum", "Cardiomegaly", "Lung Opacity", "Lung Lesion", "Edema", "Consolidation",
        "Pneumonia", "Atelectasis", "Pneumothorax", "Pleural Effusion", "Pleural Other", "Fracture", "Support Devices");

    /// <summary>The same 14 columns in the alphabetical order of MIMIC-CXR-JPG's label tables (Johnson et al., arXiv 1901.07042).</summary>
    public static LabelSet Mimic14 { get; } = new(CheXpert14.Order(StringComparer.Ordinal));

    /// <summary>
    /// Frequent findings of PadChest, each the exact text that its table writes (Bustos et al., MedIA 2020). Its other texts, 174
    /// findings and 19 diagnoses in all, aren't columns; a reader counts those that it passes over.
    /// </summary>
    public static LabelSet PadChest { get; } = new(
        "cardiomegaly", "pleural effusion", "costophrenic angle blunting", "pleural thickening", "apical pleural thickening",
        "atelectasis", "laminar atelectasis", "lobar atelectasis", "volume loss", "infiltrates", "alveolar pattern", "interstitial pattern",
        "consolidation", "pneumonia", "atypical pneumonia", "tuberculosis", "tuberculosis sequelae", "pulmonary edema", "heart insufficiency",
        "pneumothorax", "nodule", "multiple nodules", "mass", "pulmonary mass", "granuloma", "calcified granuloma", "emphysema",
        "COPD signs", "air trapping", "flattened diaphragm", "bronchiectasis", "pulmonary fibrosis", "hilar enlargement",
        "hemidiaphragm elevation", "hiatal hernia", "aortic elongation", "aortic atheromatosis", "scoliosis", "kyphosis",
        "vertebral degenerative changes", "rib fracture", "callus rib fracture", "pacemaker", "NSG tube", "endotracheal tube", "sternotomy");

    /// <summary>The three classes of the RSNA pneumonia challenge, one of which holds on every image (Shih et al., Radiology: AI 2019).</summary>
    public static LabelSet Rsna { get; } = new("Lung Opacity", "No Lung Opacity / Not Normal", "Normal");
}
